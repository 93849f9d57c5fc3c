// Whether the interviewer said something while the conversation was out of sight.
import { useEffect, useState } from "react";
import { useStore } from "zustand";

import type { Live } from "./useLive";

export function useUnread(live: Live, hidden: boolean): boolean {
  const last = useStore(
    live.store,
    (view) => view.room.turns.findLast((turn) => turn.role === "interviewer" && turn.state === "done")?.seq ?? 0,
  );
  const [seen, setSeen] = useState(last);
  useEffect(() => {
    if (!hidden) setSeen(last);
  }, [hidden, last]);
  return hidden && last > seen;
}
