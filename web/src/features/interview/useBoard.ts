// The board of a session: loaded, saved by itself, and brought up to date where another tab drew.
import { type RefObject, useEffect, useRef, useState } from "react";

import { api } from "~/wire/api";
import { tabShelf } from "~/wire/shelf";

import type { BoardHandle } from "./Board";
import { type BoardSaver, boardSaver, leftOver, type Saving, type Scene } from "./boardSaver";
import { signOf } from "./signs";
import type { Live } from "./useLive";

const EMPTY: Scene = { type: "excalidraw", elements: [] };
// A message does not wait longer than this for its board.
const FLUSH_WITHIN_MS = 1200;

export interface RoomBoard {
  /** What to begin with; null while it is being loaded. */
  initial: Scene | null;
  saving: Saving;
  handle: RefObject<BoardHandle | null>;
  drawn: (scene: () => Scene) => void;
  gone: (scene: Scene) => void;
  settle: (whose: "theirs" | "mine") => void;
  /** Saves what is unsaved, within a moment; the revision to name in a message, null where there is no board. */
  flush: () => Promise<number | null>;
}

export function useBoard(live: Live): RoomBoard {
  const [initial, setInitial] = useState<Scene | null>(null);
  const [saving, setSaving] = useState<Saving>({ kind: "clean", at: null });
  const handle = useRef<BoardHandle | null>(null);
  const saver = useRef<BoardSaver | null>(null);
  const [drawing] = useState(() => signOf((on) => live.sign("drawing", on)));

  useEffect(() => {
    let left = false;
    const { session } = live;
    const key = `board:${session}`;
    const begin = async () => {
      const drawnBefore = live.store.getState().room.board_rev > 0;
      const stored = drawnBefore ? await api.board(session) : { rev: 0, scene: EMPTY };
      if (left) return;
      const kept = leftOver(tabShelf(), key, stored.rev);
      const made = boardSaver(
        {
          save: (basedOn, scene) => api.saveBoard(session, basedOn, scene),
          load: () => api.board(session),
          shelf: tabShelf(),
          key,
          now: () => Date.now(),
          later: (act, ms) => setTimeout(act, ms),
          cancel: (timer) => clearTimeout(timer),
          changed: setSaving,
        },
        stored.rev,
      );
      saver.current = made;
      if (kept) made.drawn(() => kept);
      setInitial(kept ?? stored.scene);
    };
    const tryBegin = () => void begin().catch(() => (left ? undefined : setTimeout(tryBegin, 3000)));
    tryBegin();
    const stop = live.store.subscribe((now, before) => {
      const made = saver.current;
      if (now.link.kind === "connected" && before.link.kind !== "connected") made?.back();
      if (made && now.room.board_rev !== before.room.board_rev && made.behind(now.room.board_rev)) {
        void api.board(session).then(async (board) => {
          if (!made.behind(board.rev)) return;
          made.placed(board.rev);
          await handle.current?.show(board.scene);
        }, () => undefined);
      }
    });
    return () => {
      left = true;
      stop();
      drawing.over();
      saver.current?.leave();
      saver.current = null;
    };
  }, [live, drawing]);

  return {
    initial,
    saving,
    handle,
    drawn(scene) {
      drawing.active();
      saver.current?.drawn(scene);
    },
    gone: setInitial,
    settle(whose) {
      const scene = saver.current?.settle(whose);
      if (scene) void handle.current?.show(scene);
    },
    async flush() {
      const made = saver.current;
      if (!made) return null;
      const late = new Promise<number>((resolve) => setTimeout(() => resolve(0), FLUSH_WITHIN_MS));
      return (await Promise.race([made.flush(), late])) || null;
    },
  };
}
