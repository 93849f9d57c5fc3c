// What the candidate can do in the room beyond typing. Each act is asked of the server; what comes of it arrives as an
// event. A refusal is told in a sentence.
import { useRef, useState } from "react";

import { api } from "~/wire/api";
import { words } from "~/wire/problem";

import type { RoomBoard } from "./useBoard";
import type { Live } from "./useLive";

export interface Acts {
  /** Saves the board, then sends; messages keep the order in which they were said. */
  say: (body: string) => void;
  /** These give whether the server agreed. */
  stop: () => Promise<boolean>;
  hint: () => Promise<boolean>;
  next: () => Promise<boolean>;
  close: () => Promise<boolean>;
  end: () => Promise<boolean>;
  pause: (paused: boolean) => void;
  trouble: string | null;
  settled: () => void;
}

export function useActs(live: Live, board: RoomBoard): Acts {
  const { session } = live;
  const [trouble, setTrouble] = useState<string | null>(null);
  const queue = useRef<Promise<unknown>>(Promise.resolve());

  async function ask(act: () => Promise<unknown>): Promise<boolean> {
    setTrouble(null);
    try {
      await act();
      return true;
    } catch (fault) {
      setTrouble(words(fault));
      return false;
    }
  }

  return {
    say(body) {
      const connected = live.store.getState().link.kind === "connected";
      queue.current = queue.current
        .then(() => (connected ? board.flush() : null))
        .catch(() => null)
        .then((rev) => live.say(body, rev));
    },
    stop: () => ask(() => api.stop(session)),
    hint: () =>
      ask(async () => {
        await board.flush();
        await api.hint(session);
      }),
    next: () => ask(() => api.wish(session, "next")),
    close: () =>
      ask(async () => {
        if (live.store.getState().room.state?.state === "paused") await api.resume(session);
        await api.wish(session, "close");
      }),
    end: () =>
      ask(async () => {
        await board.flush();
        await api.end(session);
      }),
    pause: (paused) => void ask(() => (paused ? api.pause(session) : api.resume(session))),
    trouble,
    settled: () => setTrouble(null),
  };
}
