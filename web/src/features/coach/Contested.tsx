// What the candidate holds to be wrong, before anything else on the card: one false line that nobody answers costs more
// trust than ten right ones earn.
import { Button } from "~/ui/Button";
import { classes } from "~/ui/classes";
import { moment } from "~/ui/format";
import type { Scorecard } from "~/wire/types";

import { answerTo, type Contest } from "./answers";
import { type Doing, useDesk } from "./desk";
import { count, type Line, lineOf } from "./words";

export function Contested() {
  const { review } = useDesk();
  const { card, issued, contests } = review;
  if (!card || !issued || contests.length === 0) return null;
  const all = contests.map((contest) => ({ contest, answer: answerTo(contest, review) }));
  const open = all.filter((one) => one.answer === null);
  const closed = all.filter((one) => one.answer !== null);
  return (
    <section
      aria-labelledby="contested"
      className={classes("rounded-large border px-4 py-3", open.length > 0 ? "border-warn/40 bg-warn-wash" : "border-line bg-panel")}
    >
      <h2 id="contested" className={classes("font-serif text-lg", open.length > 0 && "text-warn")}>
        {open.length > 0 ? "Contested by the candidate" : "Contested, and answered"}
      </h2>
      <ul className="divide-y divide-warn/30">
        {open.map(({ contest }, index) => (
          <li key={`${contest.line}${contest.by}`}>
            <details open={index === 0} className="group text-sm">
              <summary className="flex min-h-8 items-baseline gap-2 py-1.5 marker:content-none">
                <span aria-hidden="true" className="text-warn transition-transform group-open:rotate-90">
                  ›
                </span>
                <span className="min-w-0 font-medium break-words">{lineOf(issued, contest.line).name}</span>
              </summary>
              <div className="pb-2.5 pl-4">
                <Claim contest={contest} />
                <Answers contest={contest} line={lineOf(issued, contest.line)} card={card} />
              </div>
            </details>
          </li>
        ))}
      </ul>
      {closed.length > 0 && (
        <details className="text-sm">
          <summary className="min-h-6 py-1 text-accent underline marker:content-none">{count(closed.length, "line")} answered</summary>
          <ul className="divide-y divide-line">
            {closed.map(({ contest, answer }) => (
              <li key={`${contest.line}${contest.by}`} className="py-2.5">
                <p className="font-medium break-words">{lineOf(issued, contest.line).name}</p>
                <Claim contest={contest} />
                <p className="mt-1 border-l-2 border-good pl-3 break-words whitespace-pre-wrap">
                  {answer?.words}
                  <span className="block text-soft">
                    {answer?.by}, {moment(answer?.at ?? "")}
                  </span>
                </p>
                <Answers contest={contest} line={lineOf(issued, contest.line)} card={card} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Claim({ contest }: { contest: Contest }) {
  return (
    <p className="break-words whitespace-pre-wrap">
      {contest.reason} <span className="whitespace-nowrap text-soft">{moment(contest.at)}</span>
    </p>
  );
}

function Answers({ contest, line, card }: { contest: Contest; line: Line; card: Scorecard }) {
  const { open, point, goTo } = useDesk();
  const turn = turnOf(line, card);
  const change = changeOf(line, card);
  return (
    <div className="mt-1.5 flex flex-wrap gap-2">
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
        onClick={() => open({ kind: "answer", line: contest.line, turn, name: line.name, reason: contest.reason })}
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
