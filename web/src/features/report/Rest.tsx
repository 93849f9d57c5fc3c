// The quieter parts of the card: what was not assessed, the sums, what was never asked for, fairness, and the verdict.
import type { ReactNode } from "react";

import { Tag } from "~/ui/Banner";
import type { Body, Scorecard } from "~/wire/types";

import { Bar } from "./Bar";
import { Contest } from "./Contest";
import { Changed } from "./Levels";
import { Quote } from "./Quote";
import { amount, offBy, sentence, VERDICTS } from "./sayings";
import { Folded, Section } from "./Section";

/** Where nothing at all could be assessed: why, said once. */
export function TooLittle({ criteria }: { criteria: readonly Body<"CriterionResult">[] }) {
  const reasons = [...new Set(criteria.map((one) => sentence(one.unassessed ?? "")))];
  return (
    <Section id="unassessed" heading="Nothing could be assessed">
      {reasons.map((reason) => (
        <p key={reason} className="max-w-prose">
          {reason}
        </p>
      ))}
      <p className="mt-1 max-w-prose text-soft">So there are no levels, and nothing counts for or against you.</p>
      <Contest line="unassessed" about="that nothing could be assessed" />
    </Section>
  );
}

export function Unassessed({ criteria }: { criteria: readonly Body<"CriterionResult">[] }) {
  const reasons = [...new Set(criteria.map((one) => one.unassessed ?? ""))];
  return (
    <Section id="unassessed" heading="Not assessed" lead="These are in no mean. Nobody is marked down for what was not asked.">
      <dl className="flex flex-col gap-5">
        {reasons.map((reason) => (
          <div key={reason}>
            <dt className="max-w-prose text-soft">{sentence(reason)}</dt>
            {criteria
              .filter((one) => (one.unassessed ?? "") === reason)
              .map((one) => (
                <dd key={one.id} id={one.id} className="mt-1 flex flex-wrap items-baseline gap-x-4">
                  <span className="font-medium">{one.name}</span>
                  <Changed target={one.id} />
                  <Contest line={one.id} about={one.name} />
                </dd>
              ))}
          </div>
        ))}
      </dl>
    </Section>
  );
}

const COMES = { ok: "comes out", off: "does not come out", unchecked: "not recomputed" } as const;
const TONES = { ok: "good", off: "warn", unchecked: "none" } as const;

export function Sums({ sums }: { sums: readonly Body<"EstimateResult">[] }) {
  const right = sums.filter((one) => one.verdict === "ok").length;
  return (
    <Section
      id="sums"
      heading="Your sums, recomputed"
      lead={right === sums.length && right > 1 ? `All ${right} come out.` : undefined}
    >
      <ul className="flex flex-col gap-3">
        {sums.map((one) => (
          <li
            key={`${one.turn}-${one.start}`}
            className="grid items-baseline gap-x-5 gap-y-1 break-inside-avoid sm:grid-cols-[minmax(0,1fr)_15rem]"
          >
            <Quote at={one} words={one.text} />
            <p className="flex flex-wrap items-baseline gap-x-2 pl-3.5 text-sm sm:pl-0">
              <Tag tone={TONES[one.verdict]}>{COMES[one.verdict]}</Tag>
              {one.recomputed && <span className="text-soft">{amount(one.recomputed)}</span>}
              {one.ratio !== null && one.ratio > 0 && one.verdict === "off" && (
                <span className="text-soft">{offBy(one.ratio)}</span>
              )}
            </p>
          </li>
        ))}
      </ul>
      <Contest line="sums" about="the sums" />
    </Section>
  );
}

export function NeverAsked({ lines }: { lines: readonly Body<"NeverAsked">[] }) {
  return (
    <Folded
      id="never-asked"
      heading={`What you never asked for (${lines.length})`}
      lead="Lines of the sheet that the interviewer had, now that it is over."
    >
      <ul className="flex list-disc flex-col gap-1.5 pl-5">
        {lines.map((one) => (
          <li key={one.fact} className="max-w-prose">
            {one.say}
          </li>
        ))}
      </ul>
    </Folded>
  );
}

export function FairnessPart({ card }: { card: Scorecard }) {
  const { fairness: fair, lead_share: lead } = card;
  const asked = new Map<string, number>();
  for (const offer of fair.offered) if (!asked.has(offer.what)) asked.set(offer.what, offer.turn);
  const minutes = Object.entries(fair.minutes_by_topic);
  return (
    <Folded id="fairness" heading="The fairness of this interview" lead="Before anybody is judged: what there was a chance to show.">
      <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[11rem_1fr]">
        {asked.size > 0 && (
          <Line name="Asked about">{[...asked].map(([what, turn]) => `${what} (turn ${turn})`).join("; ")}</Line>
        )}
        {fair.not_offered.length > 0 && <Line name="Never asked about">{fair.not_offered.join("; ")}</Line>}
        {minutes.length > 0 && (
          <Line name="Minutes by phase">{minutes.map(([phase, spent]) => `${phase} ${spent}`).join("; ")}</Line>
        )}
        {fair.our_failed_turns > 0 && <Line name="Turns of ours that failed">{fair.our_failed_turns}</Line>}
        {lead && (
          <Line name="Who led">
            {lead.opened_by_candidate} of {lead.of} things met were brought up unprompted. This is shown, not scored.
          </Line>
        )}
      </dl>
      <Contest line="fairness" about="the fairness of this interview" />
    </Folded>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="font-medium">{name}</dt>
      <dd className="mb-1 max-w-prose text-soft">{children}</dd>
    </>
  );
}

/** The verdict, folded in practice: it is the least that one learns from. */
export function Verdict({ card }: { card: Scorecard }) {
  return (
    <Folded id="verdict" heading="Verdict" open={card.conditions.mode === "mock"}>
      <p className="font-serif text-2xl first-letter:uppercase">{VERDICTS[card.recommendation]}</p>
      <p className="mt-1 text-soft">
        {card.overall === null
          ? "Too little was assessed for a mean."
          : `Weighted mean ${card.overall} of 4, held against the level ${card.level}.`}
        {card.capped_by.length > 0 && ` Capped by ${flagNames(card).join(", ")}.`}
      </p>
      {card.recommendation_indicative && card.indicative_why && (
        <p className="mt-3 max-w-prose rounded-m bg-sunken px-4 py-3 text-sm">{card.indicative_why}</p>
      )}
      <Contest line="verdict" about="the verdict" />
    </Folded>
  );
}

function flagNames(card: Scorecard): string[] {
  return card.capped_by.map((id) => card.flags.find((flag) => flag.id === id)?.name ?? id);
}

/** The first thing on paper: the verdict and all levels at a glance. On the screen it is not there. */
export function OnPaper({ card }: { card: Scorecard }) {
  const assessed = card.criteria.filter((one) => one.level !== null);
  return (
    <section className="hidden print:block">
      <h2 className="font-serif text-2xl first-letter:uppercase">
        {VERDICTS[card.recommendation]}
        {card.overall !== null && `, ${card.overall} of 4`}
      </h2>
      {card.recommendation_indicative && <p className="text-sm">{card.indicative_why}</p>}
      <table className="mt-3 w-full text-sm">
        <tbody>
          {assessed.map((one) => (
            <tr key={one.id} className="border-b border-line">
              <th scope="row" className="py-1 text-left font-medium">
                {one.name}
              </th>
              <td className="w-44">
                <Bar level={one.level} interval={one.interval} />
              </td>
              <td className="w-6 text-right">{one.level}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
