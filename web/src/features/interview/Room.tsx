// The interview room while the interview runs: conversation and board side by side, or behind tabs on a small screen.
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Group, Panel, Separator } from "react-resizable-panels";
import { useStore } from "zustand";

import { Button } from "~/ui/Button";
import { useMedia } from "~/ui/hooks";
import { useKeys } from "~/ui/keys";
import type { Unsent } from "~/wire/outbox";
import type { SessionState } from "~/wire/types";

import { BoardPane } from "./BoardPane";
import { Composer } from "./Composer";
import { Conversation } from "./Conversation";
import { useDraft } from "./drafts";
import { EndDialog } from "./EndDialog";
import { ENOUGH_WORDS, floorOf, wasAsked, wordsSaid } from "./lines";
import { TopBar } from "./TopBar";
import { useActs } from "./useActs";
import { useBoard } from "./useBoard";
import { useHold } from "./useHold";
import type { Live } from "./useLive";
import { useSpoken } from "./useSpoken";
import { useUnread } from "./useUnread";

type Side = "chat" | "board";

export function Room({ live, state }: { live: Live; state: SessionState }) {
  const wide = useMedia("(min-width: 900px)");
  const [side, setSide] = useState<Side>("chat");
  const [alone, setAlone] = useState(false);
  const [ending, setEnding] = useState(false);
  const [holding, setHolding] = useHold(live);
  const [draft, setDraft] = useDraft(live.session);
  const box = useRef<HTMLTextAreaElement>(null);
  const board = useBoard(live);
  const acts = useActs(live, board);
  const floor = useStore(live.store, (view) => floorOf(view, holding));
  const little = useStore(live.store, (view) => wordsSaid(view.room.turns) < ENOUGH_WORDS);
  const begun = useStore(live.store, (view) => view.room.turns.some((turn) => turn.role === "candidate"));
  const asked = useStore(live.store, (view) => wasAsked(view.room.turns));
  const longestBytes = useStore(live.store, (view) => view.longestBytes);
  const unread = useUnread(live, wide ? alone : side === "board");
  useSpoken(live);
  const speaking = floor === "speaking";

  const toChat = () => {
    setSide("chat");
    setAlone(false);
    setTimeout(() => box.current?.focus(), 0);
  };
  const toBoard = () => {
    setSide("board");
    setTimeout(() => board.handle.current?.focus(), 0);
  };
  useKeys([
    { keys: "/", does: "Go to the message box", act: toChat },
    { keys: "F6", does: "Between chat and board", act: () => (onBoard() ? toChat() : toBoard()) },
    { keys: "Escape", does: "Stop the interviewer", act: () => speaking && !onBoard() && void acts.stop() },
    { keys: "Enter", does: "Send the message" },
    { keys: "Shift+Enter", does: "New line" },
    { keys: "r", does: "On the board: a box" },
    { keys: "a", does: "On the board: an arrow" },
    { keys: "t", does: "On the board: text" },
    { keys: "Enter", does: "On the board: write into what is selected" },
    { keys: "mod+z", does: "On the board: undo" },
  ]);
  useEffect(() => {
    if (matchMedia("(pointer: fine)").matches) box.current?.focus();
  }, []);

  function edit(unsent: Unsent) {
    const words = live.takeBack(unsent.cmid);
    setDraft(draft ? `${words}\n${draft}` : words);
    box.current?.focus();
  }

  const chat = (
    <section aria-label="Chat" className="flex h-full min-h-0 flex-col bg-page">
      <Conversation live={live} floor={floor} onEdit={edit} onSay={acts.say} />
      {acts.trouble && (
        <div role="alert" className="flex items-center gap-3 border-t border-line bg-warn-wash px-4 py-2 text-sm">
          <span className="grow">{acts.trouble}</span>
          <Button size="s" kind="quiet" onClick={acts.settled}>
            All right
          </Button>
        </div>
      )}
      <Composer
        live={live}
        box={box}
        draft={draft}
        onDraft={setDraft}
        practice={state.mode === "practice"}
        hintsLeft={state.hints_left}
        asked={asked}
        paused={state.state === "paused"}
        speaking={speaking}
        holding={holding}
        longestBytes={longestBytes}
        onHold={setHolding}
        onSay={acts.say}
        onStop={() => void acts.stop()}
        onHint={() => void acts.hint()}
        onNext={() => void acts.next()}
        onResume={() => acts.pause(false)}
      />
    </section>
  );
  const drawing = (onAlone: ((alone: boolean) => void) | null) => (
    <BoardPane live={live} board={board} readOnly={false} alone={alone} unread={unread} onAlone={onAlone} />
  );

  return (
    <div className="room flex h-dvh flex-col overflow-hidden">
      <TopBar live={live} state={state} onPause={acts.pause} onEnd={() => setEnding(true)} />
      {wide ? (
        <Group orientation="horizontal" className="min-h-0 flex-1">
          {!alone && (
            <>
              <Panel id="chat" defaultSize="44%" minSize="320px">
                {chat}
              </Panel>
              <Separator
                aria-label="Width of the chat"
                className="w-1.5 bg-line transition-colors hover:bg-accent focus-visible:bg-accent data-[separator=active]:bg-accent"
              />
            </>
          )}
          <Panel id="board" minSize="360px">
            {drawing(setAlone)}
          </Panel>
        </Group>
      ) : (
        <Sides side={side} unread={unread} onSide={setSide} chat={chat} board={drawing(null)} />
      )}
      <EndDialog open={ending} onOpenChange={setEnding} begun={begun} little={little} trouble={acts.trouble} onClose={acts.close} onEnd={acts.end} />
    </div>
  );
}

function onBoard(): boolean {
  return document.activeElement?.closest(".room-board, [aria-label='Board']") != null;
}

function Unread() {
  return (
    <>
      <span aria-hidden="true" className="ml-2 inline-block size-2 rounded-full bg-accent align-middle" />
      <span className="sr-only">, something new was said</span>
    </>
  );
}

interface SidesProps {
  side: Side;
  unread: boolean;
  onSide: (side: Side) => void;
  chat: ReactNode;
  board: ReactNode;
}

/** Both sides stay built once they were seen: a board that is thrown away and made anew would lose its place. */
function Sides({ side, unread, onSide, chat, board }: SidesProps) {
  const [boardSeen, setBoardSeen] = useState(side === "board");
  useEffect(() => {
    if (side === "board") setBoardSeen(true);
  }, [side]);
  return (
    <>
      <div role="tablist" aria-label="Chat or board" className="flex border-b border-line bg-panel">
        {(["chat", "board"] as const).map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`tab-${name}`}
            aria-selected={side === name}
            aria-controls={`side-${name}`}
            tabIndex={side === name ? 0 : -1}
            onClick={() => onSide(name)}
            onKeyDown={(event) => {
              if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
              const other = name === "chat" ? "board" : "chat";
              onSide(other);
              document.getElementById(`tab-${other}`)?.focus();
            }}
            className="min-h-11 flex-1 border-b-2 border-transparent font-medium text-soft capitalize aria-selected:border-accent aria-selected:text-ink"
          >
            {name}
            {name === "chat" && unread && <Unread />}
          </button>
        ))}
      </div>
      <div id="side-chat" role="tabpanel" aria-labelledby="tab-chat" hidden={side !== "chat"} className="min-h-0 flex-1">
        {chat}
      </div>
      <div id="side-board" role="tabpanel" aria-labelledby="tab-board" hidden={side !== "board"} className="min-h-0 flex-1">
        {(boardSeen || side === "board") && board}
      </div>
    </>
  );
}
