// Everything that coaches have changed on this card, latest first: what, from what to what, who, when and why.
import { moment } from "~/ui/format";
import type { Scorecard } from "~/wire/types";

import { useDesk } from "./desk";
import { changed } from "./words";

export function Changes({ issued }: { issued: Scorecard }) {
  const { review, goTo } = useDesk();
  if (review.changes.length === 0) {
    return <p className="text-soft">Nothing was changed. What the scorer issued stays on record whatever is changed.</p>;
  }
  return (
    <ol className="divide-y divide-line text-sm">
      {[...review.changes].reverse().map((change, index) => {
        const { name, words } = changed(change, issued, [...(review.card?.flags ?? []), ...review.other_flags]);
        return (
          <li key={`${change.at}${index}`} className="py-2.5">
            <p className="font-medium break-words">{name}</p>
            <p className="tabular-nums">
              {words}
              {change.kind === "evidence_added" && change.quote && <>: “{change.quote}”</>}{" "}
              {change.turn !== null && (
                <button type="button" className="min-h-6 text-accent underline" onClick={() => goTo(change.turn ?? 1)}>
                  turn {change.turn}
                </button>
              )}
            </p>
            <p className="mt-1 border-l-2 border-line pl-3 break-words whitespace-pre-wrap">{change.reason}</p>
            <p className="mt-1 text-faint">
              {change.by}, {moment(change.at)}
            </p>
          </li>
        );
      })}
    </ol>
  );
}
