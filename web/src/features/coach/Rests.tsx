// What a line of the card rests on: the candidate's words, each with the way to its turn, or the turns that were searched.
import { classes } from "~/ui/classes";
import type { Scorecard } from "~/wire/types";

import { useDesk } from "./desk";
import { credit } from "./words";

export function Rests({ ids, card }: { ids: readonly string[]; card: Scorecard }) {
  const { point, open, pointed, goTo } = useDesk();
  const rows = ids.map((id) => card.evidence.find((row) => row.id === id)).filter((row) => row !== undefined);
  if (rows.length === 0) return null;
  return (
    <ul className="mt-1.5 flex flex-col gap-1.5">
      {rows.map((row) =>
        row.polarity === "absent" ? (
          <li key={row.id} className="border-l-2 border-line pl-3 text-soft">
            Looked for in {row.searched_turns.length} turns, {row.window[0]} to {row.window[1]}, and not found.{" "}
            {row.nearest_misses.map((miss) => (
              <span key={`${miss.turn}${miss.quote}`} className="block">
                Nearest: “{miss.quote}”{" "}
                <button type="button" className="min-h-6 text-accent underline" onClick={() => goTo(miss.turn)}>
                  turn {miss.turn}
                </button>
              </span>
            ))}
            <button
              type="button"
              className="min-h-6 text-accent underline"
              onClick={() => open({ kind: "drop", evidence: row.id, quote: "the search that found nothing" })}
            >
              Drop…
            </button>
          </li>
        ) : (
          <li
            key={row.id}
            className={classes(
              "border-l-2 pl-3",
              row.polarity === "against" ? "border-bad" : "border-good",
              pointed === row.id && "bg-mark",
            )}
          >
            <span className="sr-only">{row.polarity === "against" ? "Against: " : "For: "}</span>
            <span className="break-words">“{row.quote}”</span>
            <span className="flex flex-wrap items-baseline gap-x-3 text-faint">
              <button type="button" className="min-h-6 text-accent underline" onClick={() => point(row.id, row.turn)}>
                turn {row.turn}
              </button>
              <span>{row.observer === "coach" ? "cited by a coach" : credit(row.credit)}</span>
              <button
                type="button"
                className="min-h-6 text-accent underline"
                onClick={() => open({ kind: "drop", evidence: row.id, quote: row.quote })}
              >
                Drop…
              </button>
            </span>
          </li>
        ),
      )}
    </ul>
  );
}
