// Every criterion with its level, what is missing to the next one, and the observables behind it.
import { Tag } from "~/ui/Banner";
import type { Body } from "~/wire/types";

import { Bar } from "./Bar";
import { Contest } from "./Contest";
import { Quotes, Searched } from "./Quote";
import { quotesOf, searchesOf, useReading } from "./reading";
import { count, CREDITS, MEANS, observable, STATES, TIERS, unheard, value } from "./sayings";
import { Section } from "./Section";

type Criterion = Body<"CriterionResult">;
type Item = Body<"ItemResult">;

export function Levels({ criteria }: { criteria: readonly Criterion[] }) {
  const unsure = criteria.some((one) => one.interval && one.interval[0] !== one.interval[1]);
  return (
    <Section
      id="levels"
      heading="Levels"
      lead={`1 ${MEANS[1]}, 2 ${MEANS[2]}, 3 ${MEANS[3]}, 4 ${MEANS[4]}.${unsure ? " Hatched: it may be higher; paler: it may be lower." : ""}`}
    >
      <ul className="divide-y divide-line border-y border-line">
        {criteria.map((one) => (
          <Level key={one.id} one={one} />
        ))}
      </ul>
    </Section>
  );
}

function Level({ one }: { one: Criterion }) {
  const [low, high] = one.interval ?? [one.level, one.level];
  const met = one.items.filter((item) => item.state === "met").length;
  const { card } = useReading();
  // A coach's level has the coach's reason; the scorer's would speak against it.
  const changed = card.overrides.some((change) => change.target === one.id);
  const why = changed ? null : whyNot(one, card.flags);
  return (
    <li id={one.id} className="py-4 break-inside-avoid">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <h3 className="grow basis-56 font-medium">{one.name}</h3>
        <span className="flex items-center gap-3">
          <Bar level={one.level} interval={one.interval} />
          <span className="w-4 text-right font-serif text-xl">
            {one.level}
            <span className="sr-only">
              {" "}
              of 4, {MEANS[one.level ?? 0]}
            </span>
          </span>
        </span>
      </div>
      {low !== high && <p className="text-sm text-soft sm:text-right">somewhere between {low} and {high}</p>}
      <Changed target={one.id} />
      {why && <p className="mt-1 max-w-prose">{why}</p>}
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        <details className="mt-1 min-w-0 open:basis-full">
          <summary className="py-1 text-sm text-soft">
            What it rests on: {met} of {count(one.items.length, "thing")} heard
          </summary>
          <p className="mt-2 max-w-prose text-sm text-soft">
            {one.path} Its weight in the mean is {one.weight}.
          </p>
          <ul className="mt-3 flex flex-col gap-4">
            {one.items.map((item) => (
              <ItemLine key={item.id} item={item} criterion={one.id} />
            ))}
          </ul>
        </details>
        <Contest line={one.id} about={one.name} />
      </div>
    </li>
  );
}

function whyNot(one: Criterion, flags: readonly Body<"FlagResult">[]) {
  if (one.level === null || one.level >= 4) return null;
  if (one.capped_by.length > 0) {
    const names = one.capped_by.map((id) => flags.find((flag) => flag.id === id)?.name.toLowerCase() ?? id);
    return <span className="text-soft">A red flag holds it at {one.level}: {names.join(", ")}.</span>;
  }
  if (!one.why_not_next) return null;
  const missing = one.items.find((item) => item.text === one.why_not_next);
  return (
    <>
      <span className="font-medium">Why not a {one.level + 1}?</span>{" "}
      <span className="text-soft">{unheard(missing ?? { you: "", text: one.why_not_next })}</span>
    </>
  );
}

function ItemLine({ item, criterion }: { item: Item; criterion: string }) {
  const { rows } = useReading();
  const met = item.state === "met";
  const said = met && item.credit ? `${STATES.met}, ${CREDITS[item.credit] ?? item.credit}` : STATES[item.state];
  return (
    <li className="pl-6">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <p className="relative min-w-0 grow basis-72">
          <span aria-hidden="true" className={`absolute -left-6 w-5 ${met ? "text-good" : "text-faint"}`}>
            {met ? "✓" : item.state === "not_met" ? "○" : "–"}
          </span>
          {observable(item)}{" "}
          <span className="text-sm whitespace-nowrap text-faint">
            {TIERS[item.tier]}, {said}
          </span>
        </p>
        <Contest line={`${criterion}/${item.id}`} about={item.text} />
      </div>
      <Changed target={`${criterion}/${item.id}`} />
      <div className="mt-1.5 flex flex-col gap-2 empty:hidden">
        <Quotes rows={quotesOf(item.evidence, rows)} />
        {!met && searchesOf(item.evidence, rows).map((row) => <Searched key={row.id} row={row} />)}
      </div>
    </li>
  );
}

/** What a coach changed here, beside what had been issued. */
export function Changed({ target }: { target: string }) {
  const { card } = useReading();
  const changes = card.overrides.filter((one) => one.target === target);
  return changes.map((one) => (
    <p key={one.at} className="mt-1 text-sm">
      <Tag tone="info">
        <s className="mr-1">{value(one.from)}</s> changed to {value(one.to)} by {one.by}
      </Tag>{" "}
      <span className="text-soft">{one.reason}</span>
    </p>
  ));
}
