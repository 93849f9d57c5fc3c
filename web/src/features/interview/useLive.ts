// Enters the live room of a session and leaves it with the page. Hints are remembered by where they were given, so that
// the answer that carried one can be marked.
import { useEffect, useState } from "react";
import { createStore, type StoreApi } from "zustand/vanilla";

import { enterRoom, type LiveRoom } from "~/wire/room";
import type { Body } from "~/wire/types";

export type Hints = ReadonlyMap<number, Body<"HintShown">>;

export interface Live extends LiveRoom {
  session: string;
  hints: StoreApi<{ given: Hints }>;
}

export function useLive(session: string): Live | null {
  const [live, setLive] = useState<Live | null>(null);
  useEffect(() => {
    const entered = enterRoom(session);
    const hints = createStore<{ given: Hints }>(() => ({ given: new Map() }));
    const stop = entered.store.subscribe((now, before) => {
      if (now.room.hint === null || now.room.hint === before.room.hint || now.room.seq === before.room.seq) return;
      const { hint, seq } = now.room;
      hints.setState(({ given }) => ({ given: new Map(given).set(seq, hint) }));
    });
    setLive({ ...entered, session, hints });
    return () => {
      stop();
      entered.leave();
      setLive(null);
    };
  }, [session]);
  return live;
}
