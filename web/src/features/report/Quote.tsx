// The candidate's own words, which lead to where they stand.
import { classes } from "~/ui/classes";

import { fragmentOf, type Passage } from "./passages";
import { type Absent, placeOf, type Quoted, useReading } from "./reading";
import { count } from "./sayings";

/** A quote; following it marks the words in the transcript. */
export function Quote({ at, words, large = false }: { at: Passage; words: string; large?: boolean }) {
  const { jump } = useReading();
  return (
    <a
      href={`#${fragmentOf(at)}`}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        event.currentTarget.focus({ preventScroll: true });
        jump(at);
      }}
      className="group block border-l-2 border-accent/50 py-0.5 pl-3 text-ink no-underline hover:border-accent"
    >
      <span className={classes("font-serif", large ? "text-xl leading-snug" : "text-[1.0625rem]")}>“{words}”</span>{" "}
      <span className="text-sm whitespace-nowrap text-accent underline decoration-accent/40 underline-offset-2 group-hover:decoration-accent">
        turn {at.turn}
      </span>
    </a>
  );
}

export function Quotes({ rows, most = 2, large }: { rows: readonly Quoted[]; most?: number; large?: boolean }) {
  if (rows.length === 0) return null;
  return (
    <div className="flex flex-col gap-2">
      {rows.slice(0, most).map((row) => (
        <Quote key={row.id} at={row} words={row.quote} {...(large ? { large } : {})} />
      ))}
    </div>
  );
}

/** Where something was looked for and not found, and what came nearest. */
export function Searched({ row }: { row: Absent }) {
  const { turns } = useReading();
  const searched = row.searched_turns;
  const span =
    searched.length > 1 ? `turns ${searched[0]} to ${searched.at(-1)}` : searched.length === 1 ? `turn ${searched[0]}` : "no turn";
  const asked = [...new Set(row.opportunity.asked_in)];
  return (
    <div className="flex flex-col gap-2 text-sm text-soft">
      <p>
        Looked for in {span} ({count(row.opportunity.candidate_words, "word")} of yours) and not found
        {asked.length > 0 ? `; it was asked about in turn ${asked.join(", ")}` : ""}.
      </p>
      {row.nearest_misses.slice(0, 2).map((miss) => (
        <div key={`${miss.turn}:${miss.quote}`}>
          <p className="mb-1">Closest ({miss.why}):</p>
          <Quote at={placeOf(turns, miss.turn, miss.quote)} words={miss.quote} />
        </div>
      ))}
    </div>
  );
}
