// One line of the conversation: the candidate's on the right, the interviewer's on the left, in a voice of its own.
import { memo, useEffect } from "react";

import { Button } from "~/ui/Button";
import { CopyButton } from "~/ui/CopyButton";
import Markdown from "~/ui/Markdown";
import type { Body, TurnShown } from "~/wire/types";

import { useSmoothed } from "./smooth";
import { STOOD_IN } from "./words";

interface Props {
  turn: TurnShown;
  hint: Body<"HintShown"> | null;
  /** What the candidate said last, to be said again where the answer was lost or cut off. */
  again?: string | null | undefined;
  /** How to say something on the spot, where this is the last line of an open interview; else null. */
  onSay: ((body: string) => void) | null;
  /** Told whether words that have come are still being shown one by one; given for the last line of a live room. */
  onBehind?: ((behind: boolean) => void) | null;
}

export const TurnLine = memo(function TurnLine(props: Props) {
  return props.turn.role === "candidate" ? <Mine turn={props.turn} /> : <Theirs {...props} />;
});

// Tables and code are drawn; everything else stands as it was typed, line by line.
const DRAWN = /```|^\s*\|.+\|/m;

function Mine({ turn }: { turn: TurnShown }) {
  return (
    <article aria-label={`You, ${time(turn.at)}`} className="group flex flex-col items-end" id={`turn-${turn.n ?? ""}`}>
      <div className="max-w-[88%] min-w-0 rounded-large rounded-br-[0.3rem] bg-accent-wash px-4 py-2.5">
        {DRAWN.test(turn.text) ? (
          <Markdown text={turn.text} />
        ) : (
          <p dir="auto" className="break-words whitespace-pre-wrap">
            {turn.text}
          </p>
        )}
      </div>
      {turn.corrections.map((words) => (
        <div key={words} className="mt-1 max-w-[88%] rounded-m border border-line px-3 py-1.5 text-sm">
          <span className="text-faint">Corrected: </span>
          {words}
        </div>
      ))}
      <Foot turn={turn} who="You" />
    </article>
  );
}

function Theirs({ turn, hint, again, onSay, onBehind }: Props) {
  const growing = turn.state === "speaking";
  const text = useSmoothed(turn.text, growing);
  const behind = text.length < turn.text.length;
  useEffect(() => {
    onBehind?.(behind);
    return () => onBehind?.(false);
  }, [behind, onBehind]);
  if (turn.state === "failed") return <Lost again={again} onSay={onSay} />;
  if (growing && text === "") return null;
  return (
    <article
      aria-label={`Interviewer, ${time(turn.at)}`}
      aria-busy={growing || undefined}
      className="group flex max-w-[94%] flex-col items-start"
      id={`turn-${turn.n ?? ""}`}
    >
      {hint && (
        <p className="mb-1 text-sm text-info">
          Hint {hint.rung}
          <span className="text-faint">, {hint.left === 0 ? "the last on this" : `${hint.left} more on this`}</span>
        </p>
      )}
      <div dir="auto" className="font-serif text-[1.0625rem] leading-relaxed break-words">
        <Markdown text={text} streaming={growing || behind} />
      </div>
      {turn.stood_in && !behind && <p className="mt-1 text-sm text-faint">{STOOD_IN}</p>}
      {turn.cut_off && !behind && (
        <p className="mt-1 flex items-center gap-2 text-sm text-faint">
          It stopped here.
          {onSay && again?.includes("?") && (
            <Button size="s" kind="quiet" onClick={() => onSay(again)}>
              Ask again
            </Button>
          )}
        </p>
      )}
      {!growing && !behind && <Foot turn={turn} who="Interviewer" />}
    </article>
  );
}

function Lost({ again, onSay }: Pick<Props, "again" | "onSay">) {
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-m border border-line bg-sunken px-4 py-3 text-sm text-soft">
      <span>The answer did not come through. That was our fault, and nothing you said is lost.</span>
      {onSay && (
        <Button size="s" onClick={() => onSay(again ?? "Are you there?")}>
          Say it again
        </Button>
      )}
    </div>
  );
}

function Foot({ turn, who }: { turn: TurnShown; who: string }) {
  const side = turn.role === "candidate" ? "flex-row-reverse" : "";
  return (
    <footer className={`mt-0.5 flex min-h-8 items-center gap-2 text-xs text-faint ${side}`}>
      <span>
        {who} <time dateTime={turn.at}>{time(turn.at)}</time>
        {turn.board_rev !== null && turn.board_rev > 0 && ", with the board"}
      </span>
      <span className="opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:hidden">
        <CopyButton text={turn.text} label="Copy" />
      </span>
    </footer>
  );
}

function time(iso: string): string {
  return new Date(iso).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}
