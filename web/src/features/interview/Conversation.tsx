// The conversation: what was said, what is being said, and what has not been sent yet. It follows its end while the
// reader is there; screen readers hear finished answers only, once.
import { Fragment, useEffect, useRef, useState } from "react";
import { useStore } from "zustand";

import { Button } from "~/ui/Button";
import { useFollow } from "~/ui/useFollow";
import type { Unsent } from "~/wire/outbox";

import { type Floor, linesOf } from "./lines";
import { TurnLine } from "./TurnLine";
import { UnsentLine } from "./UnsentLine";
import type { Live } from "./useLive";

interface Props {
  live: Live;
  floor: Floor;
  onEdit: (unsent: Unsent) => void;
  onSay: (body: string) => void;
}

export function Conversation({ live, floor, onEdit, onSay }: Props) {
  const room = useStore(live.store, (view) => view.room);
  const unsent = useStore(live.store, (view) => view.unsent);
  const hints = useStore(live.hints, ({ given }) => given);
  const { paneRef, contentRef, following, jump } = useFollow();
  const [behind, setBehind] = useState(false);

  // Whoever sends wants to see what they sent, wherever they were reading.
  const sent = unsent.length;
  const before = useRef(sent);
  useEffect(() => {
    if (sent > before.current) jump();
    before.current = sent;
  }, [sent, jump]);

  const lines = linesOf(room, hints);
  const lastTurn = room.turns.at(-1);
  const lastSaid = room.turns.findLast((turn) => turn.role === "candidate")?.text ?? null;
  const open = room.state?.state === "open";
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={paneRef}
        tabIndex={0}
        role="region"
        aria-label="Conversation"
        className="h-full overflow-y-auto overscroll-contain px-4 py-5 sm:px-6"
      >
        <div ref={contentRef} className="mx-auto flex max-w-[46rem] flex-col gap-5">
          {lines.map((line) => (
            <Fragment key={line.key}>
              {line.kind === "phase" ? (
                <PhaseRule name={line.name} />
              ) : (
                <TurnLine
                  turn={line.turn}
                  hint={line.hint}
                  onSay={open && line.turn === lastTurn ? onSay : null}
                  again={line.turn === lastTurn ? lastSaid : null}
                  onBehind={line.turn === lastTurn ? setBehind : null}
                />
              )}
            </Fragment>
          ))}
          {unsent.map((one) => (
            <UnsentLine
              key={one.cmid}
              unsent={one}
              state={room.state?.state ?? "open"}
              onRetry={() => live.sayAgain(one.cmid)}
              onEdit={() => onEdit(one)}
            />
          ))}
          <FloorLine floor={behind && floor === "yours" ? "speaking" : floor} />
        </div>
      </div>
      {!following && (
        <div className="pointer-events-none absolute inset-x-0 bottom-3 flex justify-center">
          <Button size="s" className="pointer-events-auto shadow-float" onClick={jump}>
            Jump to latest
          </Button>
        </div>
      )}
    </div>
  );
}

function PhaseRule({ name }: { name: string }) {
  return (
    <div className="flex items-center gap-3 pt-1 text-sm text-faint" role="separator" aria-label={`Now: ${name}`}>
      <span className="h-px flex-1 bg-line" />
      <span>{name}</span>
      <span className="h-px flex-1 bg-line" />
    </div>
  );
}

const FLOOR: Record<NonNullable<Floor>, string> = {
  speaking: "",
  thinking: "Thinking…",
  waiting: "Waiting for you to finish…",
  holding: "Take your time. The interviewer waits for you.",
  yours: "Your turn",
  paused: "Paused. The clock stands still.",
  unheard: "",
};

function FloorLine({ floor }: { floor: Floor }) {
  const words = floor === null ? "" : FLOOR[floor];
  return (
    <p className="flex min-h-6 items-center gap-2 text-sm text-faint" aria-hidden={floor === "thinking" || undefined}>
      {floor === "thinking" && (
        <span className="room-dots" aria-hidden="true">
          <i />
          <i />
          <i />
        </span>
      )}
      {words}
    </p>
  );
}
