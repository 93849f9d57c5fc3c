// What the candidate thought before any score was shown, beside what the card found.
import type { Body, Scorecard } from "~/wire/types";

import { LEVELS } from "./sayings";

export function Beforehand({ rating, card, own }: { rating: Body<"Rating">; card: Scorecard; own: boolean }) {
  const rated = card.criteria.filter((one) => one.level !== null);
  const best = Math.max(...rated.map((one) => one.level ?? 0));
  const worst = Math.min(...rated.map((one) => one.level ?? 9));
  const at = (level: number) => rated.filter((one) => one.level === level).map((one) => one.name);
  const said = own ? "You said" : "They said";
  const rows = [
    { what: "Best", said: rating.best, card: best > worst ? named(at(best), best) : "" },
    { what: "Worst", said: rating.worst, card: best > worst ? named(at(worst), worst) : "" },
    {
      what: "Level",
      said: LEVELS[rating.level] ?? "",
      card: `Held against ${card.level}; the verdict stands at the end.`,
    },
    { what: "Next time", said: rating.next_time, card: "" },
  ].filter((row) => row.said);
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="beforehand-heading" className="rounded-large border border-line bg-panel px-5 py-4">
      <h2 id="beforehand-heading" className="font-serif text-xl">
        {own ? "What you thought, before the card" : "What they thought, before the card"}
      </h2>
      <dl className="mt-3 flex flex-col gap-3">
        {rows.map((row) => (
          <div key={row.what} className="grid gap-x-5 sm:grid-cols-[6rem_1fr_1fr]">
            <dt className="font-medium">{row.what}</dt>
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

function named(names: readonly string[], level: number): string {
  const shown = names.slice(0, 3).join(", ");
  return `${shown}${names.length > 3 ? ` and ${names.length - 3} more` : ""} (${level})`;
}
