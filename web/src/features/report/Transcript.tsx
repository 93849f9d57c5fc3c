// The conversation that the quotes point into, with the words that were followed marked, and a coach's comments by turn.
import { memo } from "react";

import { Button } from "~/ui/Button";
import { classes } from "~/ui/classes";
import type { Body, TurnShown } from "~/wire/types";

import { type Passage, runsOf } from "./passages";
import { useReading } from "./reading";

type Props = {
  shown: Passage | null;
  /** Passages that the card speaks of, underlined quietly. */
  cited: readonly Passage[];
  comments: readonly Body<"CommentShown">[];
  /** The name of the one who answered, where it is not the reader. */
  candidate: string;
};

export function Transcript({ shown, cited, comments, candidate }: Props) {
  const { turns, onRetry, retrying } = useReading();
  return (
    <ol className="flex flex-col gap-5" data-transcript>
      {turns
        .filter((turn) => turn.n !== null && turn.state === "done")
        .map((turn) => (
          <Turn
            key={turn.seq}
            turn={turn}
            name={turn.role === "candidate" ? candidate : "Interviewer"}
            shown={shown?.turn === turn.n ? shown : null}
            cited={cited}
            comments={comments}
            onRetry={onRetry}
            busy={retrying === turn.n}
          />
        ))}
    </ol>
  );
}

type TurnProps = {
  turn: TurnShown;
  name: string;
  shown: Passage | null;
  cited: readonly Passage[];
  comments: readonly Body<"CommentShown">[];
  onRetry: ((turn: number) => void) | null;
  busy: boolean;
};

const Turn = memo(function Turn({ turn, name, shown, cited, comments, onRetry, busy }: TurnProps) {
  const n = turn.n ?? 0;
  const here = cited.filter((one) => one.turn === n);
  const passages = shown && shown.end > shown.start ? [...here, shown] : here;
  const marked = passages.length > here.length ? here.length : -1;
  const runs = runsOf(turn.text, passages);
  const first = runs.findIndex((run) => run.covers.includes(marked));
  const mine = turn.role === "candidate";
  return (
    <li
      id={`turn-${n}`}
      tabIndex={-1}
      className={classes(
        "group scroll-mt-16 rounded-m px-3 py-2 outline-offset-0 print:px-0",
        shown && "bg-sunken ring-2 ring-accent/60 print:bg-transparent print:ring-0",
      )}
    >
      <p className="flex min-h-8 items-center gap-2 text-sm text-faint">
        <span className={classes("font-medium", mine ? "text-accent" : "text-soft")}>{name}</span>
        <span>turn {n}</span>
        {turn.stood_in && <span>by the offline interviewer, for the model</span>}
        {mine && onRetry && (
          <Button
            kind="quiet"
            size="s"
            className="no-print ml-auto opacity-0 group-hover:opacity-100 focus-visible:opacity-100 [@media(hover:none)]:opacity-100"
            busy={busy}
            onClick={() => onRetry(n)}
            aria-label={`Retry from turn ${n}`}
          >
            Retry from here
          </Button>
        )}
      </p>
      <p className={classes("whitespace-pre-wrap", !mine && "font-serif text-[1.0625rem]")}>
        {runs.map((run, index) =>
          run.covers.includes(marked) ? (
            <mark key={index} id={index === first ? "words-here" : undefined} className="box-decoration-clone outline-1 outline-warn/60">
              {run.text}
            </mark>
          ) : run.covers.length > 0 ? (
            <span key={index} className="underline decoration-accent/50 decoration-dotted underline-offset-4">
              {run.text}
            </span>
          ) : (
            run.text
          ),
        )}
      </p>
      {turn.corrections.map((words) => (
        <p key={words} className="mt-1 text-sm">
          <span className="text-faint">Corrected: </span>
          {words}
        </p>
      ))}
      {comments
        .filter((one) => one.turn === n)
        .map((one) => (
          <Comment key={one.at} comment={one} />
        ))}
    </li>
  );
});

export function Comment({ comment }: { comment: Body<"CommentShown"> }) {
  return (
    <p className="mt-2 rounded-m border border-info/30 bg-info-wash px-3 py-2">
      <span className="text-sm text-info">{comment.by}: </span>
      {comment.text}
    </p>
  );
}
