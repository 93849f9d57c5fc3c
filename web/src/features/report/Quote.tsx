// The candidate's own words, which lead to where they stand.
import { classes } from "~/ui/classes";

import { fragmentOf, type Passage } from "./passages";
import { type Absent, placeOf, type Quoted, useReading } from "./reading";
import { count } from "./sayings";

/** From here on a quote is cut on the screen, in characters. */
const LONG = 280;

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
      className={classes(
        "group block text-ink no-underline",
        large ? "max-w-[42rem]" : "max-w-prose border-l-2 border-accent/50 py-0.5 pl-3 hover:border-accent",
      )}
    >
      <span
        className={classes(
          "font-serif",
          large ? "text-2xl leading-snug sm:text-3xl sm:leading-snug" : "text-[1.0625rem]",
          // Some say a whole turn in one breath; all of it stands where the quote leads.
          [...words].length > LONG && "line-clamp-4 print:line-clamp-none",
        )}
      >
        “{words}”
      </span>{" "}
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
