// What the candidate can do in the room beyond typing. Each act is asked of the server; what comes of it arrives as an
// event. A refusal is told in a sentence.
import { useState } from "react";

import { api } from "~/wire/api";
import { words } from "~/wire/problem";

import type { RoomBoard } from "./useBoard";
import type { Live } from "./useLive";

export interface Acts {
  /** Shows and keeps it at once, and sends it when the board is saved; messages keep the order in which they were said. */
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
      live.say(body, connected ? board.flush() : null);
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
