// The moment that decided most, what was strong, and what to fix first with a stronger answer.
import type { ReactNode } from "react";

import { Button } from "~/ui/Button";
import type { Body } from "~/wire/types";

import { Contest } from "./Contest";
import { Quotes, Searched } from "./Quote";
import { momentOf, quotesOf, searchesOf, useReading } from "./reading";
import { headed } from "./sayings";
import { Section } from "./Section";

type Point = Body<"Point">;

/** The line of the card that a point speaks of, as a contest names it. */
function lineOf({ refs }: Point, section: string): string {
  const criterion = refs.find((ref) => ref.startsWith("cr."));
  const item = refs.find((ref) => ref.startsWith("it."));
  if (criterion && item) return `${criterion}/${item}`;
  return item ?? criterion ?? refs[0] ?? section;
}

export function Moment({ point }: { point: Point }) {
  const { rows } = useReading();
  const { head, rest } = headed(point.text);
  return (
    <Section id="moment" heading="The moment that decided most">
      <div className="rounded-large border border-accent/30 bg-panel px-5 py-5 sm:px-7 print:border-line">
        <Quotes rows={quotesOf(point.evidence, rows)} most={1} large />
        {searchesOf(point.evidence, rows).map((row) => (
          <Searched key={row.id} row={row} />
        ))}
        <p className="mt-4">
          <span className="font-medium">{head}.</span> <span className="text-soft">{rest}</span>
        </p>
        <Contest line="moment" about="the moment that decided most" />
      </div>
    </Section>
  );
}

export function Strengths({ points }: { points: readonly Point[] }) {
  const { rows } = useReading();
  return (
    <Section id="strengths" heading="What was strong">
      <ul className="flex flex-col gap-6">
        {points.map((point) => {
          const { head, rest } = headed(point.text);
          return (
            <li key={point.text} className="break-inside-avoid">
              <h3 className="font-medium">
                <span aria-hidden="true" className="mr-2 text-good">
                  +
                </span>
                {head}
              </h3>
              {rest && <p className="mt-0.5 mb-2 max-w-prose text-soft">{rest}</p>}
              <Quotes rows={quotesOf(point.evidence, rows)} />
              <Contest line={lineOf(point, "strengths")} about={head} />
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
  const missing = missingOf(point, reading.card.criteria);
  const moment = momentOf(point.evidence, reading);
  return (
    <li className="grid grid-cols-[2.25rem_minmax(0,1fr)] break-inside-avoid">
      <span aria-hidden="true" className="font-serif text-2xl leading-tight text-accent">
        {place}
      </span>
      <div>
        <h3 className="text-lg font-medium">{head}</h3>
        <dl className="mt-3 flex flex-col gap-4">
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
            {rest && <p className={missing ? "mt-1 text-soft" : ""}>{rest}</p>}
          </Step>
          {point.example && (
            <Step name="One way to say it">
              <blockquote className="rounded-m bg-accent-wash px-4 py-3 font-serif text-[1.0625rem] leading-relaxed">
                {point.example}
              </blockquote>
            </Step>
          )}
        </dl>
        <div className="mt-3 flex flex-wrap items-center gap-x-4">
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
    <div>
      <dt className="mb-1.5 text-sm text-faint">{name}</dt>
      <dd className="flex max-w-prose flex-col gap-2">{children}</dd>
    </div>
  );
}

/** The observable that a fix is about, in the rubric's words. */
function missingOf(point: Point, criteria: readonly Body<"CriterionResult">[]): string | null {
  for (const criterion of criteria) {
    const item = criterion.items.find((one) => point.refs.includes(one.id) && one.state !== "met");
    if (item && point.refs.includes(criterion.id)) return item.text;
  }
  return null;
}
