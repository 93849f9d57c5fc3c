// The whiteboard with what belongs to it: parts to place, what the interviewer sees, whether it is saved, and the way to
// draw by words.
import { lazy, Suspense, useState } from "react";
import { useStore } from "zustand";

import { Banner } from "~/ui/Banner";
import { Button, IconButton } from "~/ui/Button";
import { ago } from "~/ui/format";
import { useNow } from "~/ui/hooks";
import { WidenIcon } from "~/ui/icons";
import { Menu } from "~/ui/Menu";
import { Loading } from "~/ui/Spinner";
import { useTheme } from "~/ui/theme";

import { BoardSeenLine } from "./BoardSeenLine";
import type { Saving } from "./boardSaver";
import { PARTS } from "./parts";
import { TextBoardDialog } from "./TextBoardDialog";
import type { RoomBoard } from "./useBoard";
import type { Live } from "./useLive";

const Board = lazy(() => import("./Board"));

interface Props {
  live: Live;
  board: RoomBoard;
  readOnly: boolean;
  alone: boolean;
  /** Something was said that is not seen, since the board has the whole room. */
  unread: boolean;
  /** Gives the board the whole room, or gives it back; null where there is nothing to share. */
  onAlone: ((alone: boolean) => void) | null;
}

export function BoardPane({ live, board, readOnly, alone, unread, onAlone }: Props) {
  const seen = useStore(live.store, (view) => view.room.board);
  const rev = useStore(live.store, (view) => view.room.board_rev);
  const { shown } = useTheme();
  const [writing, setWriting] = useState(false);
  return (
    <section aria-label="Board" className="flex h-full min-h-0 flex-col bg-panel">
      {!readOnly && (
        <div className="flex items-center border-b border-line">
          <div className="room-parts flex min-w-0 grow overflow-x-auto px-1.5 py-1.5" role="group" aria-label="Add a part">
            {PARTS.map((part) => (
              <Button
                key={part.label}
                size="s"
                kind="quiet"
                className="shrink-0 px-2"
                title={`Add: ${part.label}`}
                // After a click by mouse Enter names the part; whoever goes by keyboard stays in the row.
                onClick={(event) => board.handle.current?.add(part, event.detail > 0)}
              >
                {part.label}
              </Button>
            ))}
          </div>
          {onAlone && (
            <IconButton
              label={unread ? "Something new was said: show the chat" : alone ? "Show the chat again" : "Board only, without the chat"}
              className={`relative mx-1.5 size-8 shrink-0 ${alone ? "bg-accent-wash text-ink" : ""}`}
              onClick={() => onAlone(!alone)}
            >
              <WidenIcon />
              {unread && <span aria-hidden="true" className="absolute top-0 right-0 size-2.5 rounded-full bg-accent" />}
            </IconButton>
          )}
        </div>
      )}
      <div className="relative min-h-0 flex-1">
        {board.initial && (
          <Suspense fallback={<Loading label="Opening the board…" />}>
            <Board
              ref={board.handle}
              initial={board.initial}
              theme={shown}
              readOnly={readOnly}
              onDrawn={board.drawn}
              onGone={board.gone}
            />
          </Suspense>
        )}
        {board.saving.kind === "clash" && (
          // It lies over the board: a board made lower would change to its layout for phones.
          <div className="absolute inset-x-3 bottom-3 z-10 shadow-float">
            <Banner tone="warn" title="The board was changed in another tab.">
              <p>Which one should stay? Nothing is lost until you choose.</p>
              <div className="mt-2 flex gap-2">
                <Button size="s" onClick={() => board.settle("mine")}>
                  Keep mine
                </Button>
                <Button size="s" onClick={() => board.settle("theirs")}>
                  Use the other
                </Button>
              </div>
            </Banner>
          </div>
        )}
      </div>
      <footer className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-3 py-1 text-sm text-soft min-[900px]:flex-nowrap">
        <BoardSeenLine board={seen} behind={seen !== null && seen.rev < rev} />
        <span
          className="ml-auto min-w-0 truncate text-xs text-faint"
          // Said aloud only where it is not saved; each save would interrupt whoever draws.
          role={["waiting", "refused"].includes(board.saving.kind) ? "status" : undefined}
        >
          <SavedLine saving={board.saving} />
        </span>
        {!readOnly && (
          <Button size="s" kind="quiet" onClick={() => setWriting(true)}>
            Draw by text
          </Button>
        )}
        <Menu
          label="Save the board as a picture"
          trigger={
            <Button size="s" kind="quiet">
              Export
            </Button>
          }
          items={[
            { label: "Picture (PNG)", onSelect: () => void download(board, "png") },
            { label: "Drawing (SVG)", onSelect: () => void download(board, "svg") },
          ]}
        />
      </footer>
      <TextBoardDialog
        session={live.session}
        open={writing}
        onOpenChange={setWriting}
        onDraw={async (text) => {
          if (!board.handle.current) throw new Error("The board is not open yet.");
          await board.handle.current.draw(text);
        }}
      />
    </section>
  );
}

function SavedLine({ saving }: { saving: Saving }) {
  const now = useNow(5000);
  switch (saving.kind) {
    case "clean":
      return saving.at === null ? null : <>Saved {ago(new Date(saving.at).toISOString(), Math.max(now, saving.at))}</>;
    case "dirty":
    case "saving":
      return <>Saving…</>;
    case "waiting":
      return <>Not saved yet; kept in this tab</>;
    case "clash":
      return <>Not saved</>;
    case "refused":
      return <span className="text-bad">Not saved. {saving.why}</span>;
  }
}

async function download(board: RoomBoard, kind: "png" | "svg"): Promise<void> {
  const blob = await board.handle.current?.picture(kind);
  if (!blob) return;
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = `board.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
