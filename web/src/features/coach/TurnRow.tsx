// One turn: who spoke and when, the words with what was cited, comments pinned to it, the board it was said with, and
// the reasons for what we said.
import type { ButtonHTMLAttributes, ReactNode } from "react";

import { classes } from "~/ui/classes";
import type { Body, TurnShown } from "~/wire/types";

import { CommentLine } from "./Comments";
import { useDesk } from "./desk";
import { pieces } from "./points";
import type { Quoted } from "./rows";
import { credit, times } from "./words";

type Props = {
  turn: TurnShown;
  /** When the interview began. */
  begun: string;
  quotes: readonly Quoted[];
  /** Items and flags by id. */
  names: ReadonlyMap<string, string>;
  /** The subjects whose words are marked; null for all. */
  lit: ReadonlySet<string> | null;
  move: Body<"MoveShown"> | undefined;
  /** The board as it had become by this turn, where it had changed. */
  board: number | undefined;
};

export function TurnRow({ turn, begun, quotes, names, lit, move, board }: Props) {
  const { review, at, open, pointed } = useDesk();
  const mine = turn.role === "candidate";
  const who = mine ? "Candidate" : "Interviewer";
  const comments = review.comments.filter((comment) => comment.turn !== null && comment.turn === turn.n);
  if (turn.n === null) return <p className="py-3 text-sm text-faint">An answer of ours did not come through here.</p>;
  const n = turn.n;
  return (
    <article
      id={`turn-${n}`}
      tabIndex={-1}
      aria-label={`Turn ${n}, ${who}`}
      aria-current={at === n ? "true" : undefined}
      className="grid scroll-mt-20 gap-x-4 rounded-small border-l-2 border-transparent py-2 pl-3 -ml-3 aria-[current=true]:border-accent aria-[current=true]:bg-accent-wash/40 sm:grid-cols-[5.5rem_minmax(0,1fr)]"
    >
      <div className="flex items-baseline gap-2 text-sm sm:flex-col sm:gap-0">
        <span className={classes("font-medium", !mine && "text-soft")}>{who}</span>
        <span className="text-faint tabular-nums">
          {n} · {minute(begun, turn.at)}
        </span>
      </div>
      <div className="min-w-0">
        <p
          {...(mine ? { "data-said": n } : {})}
          className={classes("break-words whitespace-pre-wrap", mine ? "" : "font-serif text-soft")}
        >
          <Words text={turn.text} quotes={quotes.filter((quote) => !lit || lit.has(quote.subject) || quote.id === pointed)} />
        </p>
        {turn.corrections.map((words) => (
          <p key={words} className="mt-1 border-l-2 border-line pl-3 text-sm">
            <span className="text-faint">Corrected by the candidate: </span>
            {words}
          </p>
        ))}
        {turn.stood_in && <p className="text-sm text-faint">Said by the offline interviewer: the model gave no answer that could be used.</p>}
        {turn.cut_off && <p className="text-sm text-warn">This answer of ours was cut off.</p>}
        {comments.map((comment) => (
          <CommentLine key={`${comment.at}${comment.by}`} comment={comment} />
        ))}
        <footer className="no-print mt-0.5 -ml-1.5 flex flex-wrap items-start gap-x-1 text-sm">
          {quotes.length > 0 && <Cited quotes={quotes} names={names} />}
          {move && <Why move={move} />}
          {board !== undefined && <Quiet onClick={() => open({ kind: "board", rev: board })}>Board {board}</Quiet>}
          {mine && !review.hidden && (
            <Quiet aria-label={`Cite from turn ${n}`} onClick={() => open({ kind: "cite", turn: n, span: null })}>
              Cite…
            </Quiet>
          )}
          <Quiet aria-label={`Comment on turn ${n}`} onClick={() => open({ kind: "comment", turn: n, shared: false })}>
            Comment…
          </Quiet>
        </footer>
      </div>
    </article>
  );
}

/** The text with its quotes marked. It holds nothing but the text, since places are counted in it. */
function Words({ text, quotes }: { text: string; quotes: readonly Quoted[] }): ReactNode {
  const { pointed } = useDesk();
  if (quotes.length === 0) return text;
  const against = new Set(quotes.filter((quote) => quote.polarity === "against").map((quote) => quote.id));
  return pieces(text, quotes).map((piece, index) =>
    piece.marks.length === 0 ? (
      piece.text
    ) : (
      // A piece's place is its identity: the text does not change.
      <mark
        key={index}
        className={classes(
          piece.marks.every((id) => against.has(id)) && "underline decoration-bad decoration-wavy decoration-1 underline-offset-4",
          pointed !== null && piece.marks.includes(pointed) && "outline-2 outline-accent",
        )}
      >
        {piece.text}
      </mark>
    ),
  );
}

const QUIET = "inline-flex min-h-6 items-center rounded-small px-1.5 text-faint hover:bg-sunken hover:text-ink";

function Quiet({ children, ...rest }: ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button type="button" {...rest} className={QUIET}>
      {children}
    </button>
  );
}

function Fold({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="max-w-full open:basis-full open:rounded-small open:bg-sunken open:pb-2">
      <summary className={classes(QUIET, "marker:content-none")}>{title}</summary>
      <div className="px-1.5">{children}</div>
    </details>
  );
}

function Cited({ quotes, names }: { quotes: readonly Quoted[]; names: ReadonlyMap<string, string> }) {
  const { point, open } = useDesk();
  return (
    <Fold title={`Cited ${times(quotes.length)}`}>
      <ul className="divide-y divide-line">
        {quotes.map((quote) => (
          <li key={quote.id} className="flex flex-wrap items-baseline gap-x-2 py-1">
            <span className={quote.polarity === "against" ? "text-bad" : "text-good"}>
              {quote.polarity === "against" ? "Against" : "For"}
            </span>
            <span className="min-w-0 grow basis-60">
              {names.get(quote.subject) ?? quote.subject}{" "}
              <span className="text-faint">
                “{quote.quote}”, {credit(quote.credit)}
              </span>
            </span>
            <button type="button" className="min-h-6 text-accent underline" onClick={() => point(quote.id, quote.turn)}>
              Point to it
            </button>
            <button
              type="button"
              className="min-h-6 text-accent underline"
              onClick={() => open({ kind: "drop", evidence: quote.id, quote: quote.quote })}
            >
              Drop…
            </button>
          </li>
        ))}
      </ul>
    </Fold>
  );
}

function Why({ move }: { move: Body<"MoveShown"> }) {
  return (
    <Fold title="Why we said this">
      <p>
        <span className="font-medium first-letter:uppercase">{move.kind.replaceAll(/[_-]/g, " ")}</span>
        {move.topic && `: ${move.topic}`}
      </p>
      {move.reasons.length > 0 && (
        <ul className="list-disc pl-5">
          {move.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      {move.runners_up.length > 0 && (
        <p className="text-soft">Came close: {move.runners_up.join("; ").replaceAll("_", " ")}.</p>
      )}
      {move.picked_by !== "director" && <p className="text-warn">Not the first in rank: picked by the {move.picked_by}.</p>}
    </Fold>
  );
}

function minute(begun: string, at: string): string {
  const seconds = Math.max(0, Math.floor((Date.parse(at) - Date.parse(begun)) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
