// The moment that decided most, what was strong, and what to fix first with a stronger answer.
import type { ReactNode } from "react";

import { Button } from "~/ui/Button";
import type { Body, Scorecard } from "~/wire/types";

import { Contest } from "./Contest";
import { Quotes, Searched } from "./Quote";
import { momentOf, quotesOf, searchesOf, useReading } from "./reading";
import { headed, sentence, unheard } from "./sayings";
import { Section } from "./Section";

type Point = Body<"Point">;

/** The line of the card that a point speaks of, as a contest names it. */
function lineOf({ refs }: Point, section: string): string {
  const criterion = refs.find((ref) => ref.startsWith("cr."));
  const item = refs.find((ref) => ref.startsWith("it."));
  if (criterion && item) return `${criterion}/${item}`;
  return item ?? criterion ?? refs[0] ?? section;
}

/** A point's heading and its sentence. A strength is headed by its criterion, which then says less than the sentence. */
function toldOf(point: Point, criteria: readonly Body<"CriterionResult">[]): { head: string; rest: string; kicker: string } {
  const { head, rest } = headed(point.text);
  const criterion = criteria.some((one) => one.name === head && point.refs.includes(one.id));
  return criterion && rest ? { head: rest, rest: "", kicker: head } : { head: sentence(head), rest, kicker: "" };
}

/** The first thing that is read: their own words, large, and what they decided. */
export function Moment({ point }: { point: Point }) {
  const { rows, card } = useReading();
  const { head, rest, kicker } = toldOf(point, card.criteria);
  return (
    <section id="moment" aria-labelledby="moment-heading" className="scroll-mt-6 break-inside-avoid">
      <h2 id="moment-heading" className="font-medium text-accent">
        The moment that decided most
      </h2>
      <div className="mt-3 flex flex-col gap-3">
        <Quotes rows={quotesOf(point.evidence, rows)} most={1} large />
        {searchesOf(point.evidence, rows).map((row) => (
          <Searched key={row.id} row={row} />
        ))}
      </div>
      <p className="mt-4 max-w-prose text-lg">
        {head} {rest && <span className="text-soft">{rest}</span>}
        {kicker && <span className="text-soft"> It counts for {kicker.toLowerCase()}.</span>}
      </p>
      <Contest line="moment" about="the moment that decided most" />
    </section>
  );
}

export function Strengths({ points }: { points: readonly Point[] }) {
  const { rows, card } = useReading();
  return (
    <Section
      id="strengths"
      heading="What was strong"
      lead={points.length === 0 ? "Nothing stood out by itself yet. What was heard is with the levels below." : undefined}
    >
      <ul className="flex flex-col gap-7">
        {points.map((point) => {
          const { head, rest, kicker } = toldOf(point, card.criteria);
          return (
            <li key={point.text} className="grid grid-cols-[1.5rem_minmax(0,1fr)] break-inside-avoid">
              <span aria-hidden="true" className="font-medium text-good">
                +
              </span>
              <div>
                <h3 className="max-w-prose font-medium">{head}</h3>
                {rest && <p className="mt-0.5 max-w-prose text-soft">{rest}</p>}
                {kicker && <p className="text-sm text-faint">{kicker}</p>}
                <div className="mt-2">
                  <Quotes rows={quotesOf(point.evidence, rows)} />
                </div>
                <Contest line={lineOf(point, "strengths")} about={head} />
              </div>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

export function Fixes({ points }: { points: readonly Point[] }) {
  return (
    <Section
      id="fix"
      heading="What to fix first"
      lead={points.length === 0 ? "Nothing stands out. Take the levels below one by one." : undefined}
    >
      <ol className="flex flex-col gap-8">
        {points.map((point, index) => (
          <Fix key={point.text} point={point} place={index + 1} />
        ))}
      </ol>
    </Section>
  );
}

function Fix({ point, place }: { point: Point; place: number }) {
  const reading = useReading();
  const { head, rest } = headed(point.text);
  const quotes = quotesOf(point.evidence, reading.rows);
  const searches = searchesOf(point.evidence, reading.rows);
  const missing = missingOf(point, reading.card);
  const moment = momentOf(point.evidence, reading);
  return (
    <li className="grid grid-cols-[2.25rem_minmax(0,1fr)] break-inside-avoid">
      <span aria-hidden="true" className="font-serif text-2xl leading-tight text-accent">
        {place}
      </span>
      <div>
        <h3 className="text-lg font-medium">{head}</h3>
        <dl className="mt-2 flex flex-col gap-4">
          {(quotes.length > 0 || searches.length > 0) && (
            <Step name="Your words">
              <Quotes rows={quotes} />
              {searches.map((row) => (
                <Searched key={row.id} row={row} />
              ))}
            </Step>
          )}
          <Step name="What was missing">
            {missing && <p>{missing}</p>}
            {rest && <p className={missing ? "text-soft" : ""}>{rest}</p>}
          </Step>
          {point.example && (
            <Step name="One way to say it">
              <blockquote className="rounded-m bg-accent-wash px-4 py-3 font-serif text-[1.0625rem] leading-relaxed">
                {point.example}
              </blockquote>
            </Step>
          )}
        </dl>
        <div className="mt-3 flex flex-wrap items-center gap-x-4 sm:ml-36">
          {moment !== null && reading.onRetry && (
            <Button
              size="s"
              className="no-print"
              busy={reading.retrying === moment}
              onClick={() => reading.onRetry?.(moment)}
              aria-label={`Retry this moment: ${head}, turn ${moment}`}
            >
              Retry this moment
            </Button>
          )}
          <Contest line={lineOf(point, "fix")} about={head} />
        </div>
      </div>
    </li>
  );
}

function Step({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-4 gap-y-1 sm:grid-cols-[8rem_minmax(0,1fr)]">
      <dt className="pt-0.5 text-sm text-faint">{name}</dt>
      <dd className="flex max-w-prose flex-col gap-2">{children}</dd>
    </div>
  );
}

/** What a fix is about: the thing that was not heard, or what a red flag says, unless it has been said already. */
function missingOf(point: Point, card: Scorecard): string | null {
  for (const criterion of card.criteria) {
    const item = criterion.items.find((one) => point.refs.includes(one.id) && one.state !== "met");
    if (item && point.refs.includes(criterion.id)) return unheard(item);
  }
  const flag = card.flags.find((one) => point.refs.includes(one.id));
  return flag && !card.decided_most?.refs.includes(flag.id) ? sentence(flag.why) : null;
}
