// What the candidate thought before any score was shown, beside what the card found.
import type { Body, Scorecard } from "~/wire/types";

import { LEVELS, VERDICTS } from "./sayings";

export function Beforehand({ rating, card, own }: { rating: Body<"Rating">; card: Scorecard; own: boolean }) {
  const rated = card.criteria.filter((one) => one.level !== null);
  const best = Math.max(...rated.map((one) => one.level ?? 0));
  const worst = Math.min(...rated.map((one) => one.level ?? 9));
  const at = (level: number) => rated.filter((one) => one.level === level).map((one) => one.name);
  const said = own ? "You said" : "They said";
  const rows = [
    { what: "Best", said: rating.best, card: best > worst ? named(at(best), best) : "" },
    { what: "Worst", said: rating.worst, card: best > worst ? named(at(worst), worst) : "" },
    { what: "Level", said: LEVELS[rating.level] ?? "", card: heldAgainst(card) },
    { what: "Next time", said: rating.next_time, card: "" },
  ].filter((row) => row.said);
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="beforehand-heading" className="break-inside-avoid">
      <h2 id="beforehand-heading" className="font-serif text-2xl">
        {own ? "What you thought, before the card" : "What they thought, before the card"}
      </h2>
      <dl className="mt-4 flex flex-col gap-3">
        {rows.map((row) => (
          <div key={row.what} className="grid gap-x-5 gap-y-0.5 sm:grid-cols-[6rem_1fr_1fr]">
            <dt className="text-sm text-faint sm:pt-0.5">{row.what}</dt>
            <dd>
              <span className="sr-only">{said}: </span>“{row.said}”
            </dd>
            {row.card && (
              <dd className="text-soft">
                <span className="text-faint">The card: </span>
                {row.card}
              </dd>
            )}
          </div>
        ))}
      </dl>
    </section>
  );
}

/** What the card says of the level; the verdict itself only where it is not kept for last. */
function heldAgainst({ level, recommendation, conditions }: Scorecard): string {
  if (recommendation === "not-assessed") return "too little was assessed to say.";
  if (conditions.mode === "mock") return `${VERDICTS[recommendation]} at ${level}.`;
  return `held against ${level}; how near it came stands at the end.`;
}

function named(names: readonly string[], level: number): string {
  const shown = names.slice(0, 3).map((name) => name.toLowerCase());
  const rest = names.length - shown.length;
  const last = rest > 0 ? `${rest} more` : shown.length > 1 ? shown.pop() : undefined;
  return `a ${level} for ${shown.join(", ")}${last ? ` and ${last}` : ""}.`;
}
