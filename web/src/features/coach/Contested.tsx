// What the candidate holds to be wrong, before anything else on the card: one false line that nobody answers costs more
// trust than ten right ones earn.
import { Button } from "~/ui/Button";
import { moment } from "~/ui/format";
import type { Scorecard } from "~/wire/types";

import { type Doing, useDesk } from "./desk";
import { type Line, lineOf } from "./words";

export function Contested() {
  const { review } = useDesk();
  const { card, issued, contests } = review;
  if (!card || !issued || contests.length === 0) return null;
  return (
    <section aria-labelledby="contested" className="rounded-large border border-warn/40 bg-warn-wash p-4">
      <h2 id="contested" className="font-serif text-lg text-warn">
        Contested by the candidate
      </h2>
      <ul className="divide-y divide-warn/30">
        {contests.map((contest) => (
          <li key={`${contest.line}${contest.by}`} className="py-3 last:pb-0">
            <p className="font-medium break-words">{lineOf(issued, contest.line).name}</p>
            <p className="mt-1 break-words whitespace-pre-wrap">{contest.reason}</p>
            <p className="text-sm text-soft">
              {contest.by}, {moment(contest.at)}
            </p>
            <Answers line={lineOf(issued, contest.line)} card={card} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Answers({ line, card }: { line: Line; card: Scorecard }) {
  const { open, point, goTo } = useDesk();
  const turn = turnOf(line, card);
  const change = changeOf(line, card);
  return (
    <div className="mt-2 flex flex-wrap gap-2">
      {turn !== null && (
        <Button size="s" onClick={() => (line.kind === "evidence" ? point(line.id, turn) : goTo(turn))}>
          Show the words
        </Button>
      )}
      {change && (
        <Button size="s" aria-label={`${change.label} ${line.name}`} onClick={() => open(change.doing)}>
          {change.label}
        </Button>
      )}
      <Button
        size="s"
        aria-label={`Answer: ${line.name}`}
        onClick={() => open({ kind: "comment", turn, shared: true, about: line.name })}
      >
        Answer…
      </Button>
    </div>
  );
}

/** Where the line rests in the conversation; null where on nothing that was said. */
function turnOf(line: Line, card: Scorecard): number | null {
  if (line.kind === "evidence") return line.turn;
  if (line.kind === "flag") return card.flags.find((flag) => flag.id === line.id)?.turns[0] ?? null;
  if (line.kind !== "item") return null;
  const item = card.criteria.find((one) => one.id === line.criterion)?.items.find((one) => line.id.endsWith(`/${one.id}`));
  const row = card.evidence.find((one) => one.polarity !== "absent" && item?.evidence.includes(one.id));
  return row && row.polarity !== "absent" ? row.turn : null;
}

function changeOf(line: Line, card: Scorecard): { label: string; doing: Doing } | null {
  switch (line.kind) {
    case "criterion":
      return { label: "Change the level…", doing: { kind: "level", criterion: line.id } };
    case "flag":
      return { label: "Settle…", doing: { kind: "settle", flag: line.id } };
    case "evidence": {
      const stands = card.evidence.some((row) => row.id === line.id);
      return stands ? { label: "Drop…", doing: { kind: "drop", evidence: line.id, quote: line.quote } } : null;
    }
    case "item": {
      const state = card.criteria.flatMap((one) => one.items).find((one) => line.id.endsWith(`/${one.id}`))?.state;
      return { label: "Set the item…", doing: { kind: "item", target: line.id, to: state === "met" ? "not_met" : "met" } };
    }
    case "section":
      return null;
  }
}
