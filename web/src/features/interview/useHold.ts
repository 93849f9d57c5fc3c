// "I'm still going": the interviewer keeps quiet for up to a minute, also after something was sent. The server holds what
// is unanswered at that moment, so the sign is given again with each message that arrives while one is still going.
import { useEffect, useState } from "react";

import type { Live } from "./useLive";

const HOLD_MS = 60_000;

export function useHold(live: Live): [boolean, (on: boolean) => void] {
  const [holding, setHolding] = useState(false);
  useEffect(() => {
    if (!holding) return;
    live.sign("hold", true);
    const timer = setTimeout(() => setHolding(false), HOLD_MS);
    const stop = live.store.subscribe((now, before) => {
      if (now.room === before.room) return;
      const last = now.room.turns.at(-1);
      if (last?.role === "candidate" && last !== before.room.turns.at(-1)) live.sign("hold", true);
    });
    return () => {
      stop();
      clearTimeout(timer);
      live.sign("hold", false);
    };
  }, [holding, live]);
  return [holding, setHolding];
}
