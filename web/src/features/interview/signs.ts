// Signs of life while somebody types or draws: sent at most every two seconds, and taken back after a pause.
const EVERY_MS = 2000;
const OVER_AFTER_MS = 4000;

export interface Sign {
  /** Something was typed or drawn. */
  active: () => void;
  /** It is over at once: sent, or wiped. */
  over: () => void;
}

interface Clockwork {
  now: () => number;
  later: (act: () => void, ms: number) => ReturnType<typeof setTimeout>;
  cancel: (timer: ReturnType<typeof setTimeout>) => void;
}

const BROWSER: Clockwork = {
  now: () => Date.now(),
  later: (act, ms) => setTimeout(act, ms),
  cancel: (timer) => clearTimeout(timer),
};

export function signOf(send: (on: boolean) => void, clockwork: Clockwork = BROWSER): Sign {
  let on = false;
  let sentAt = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function over() {
    if (timer !== undefined) clockwork.cancel(timer);
    timer = undefined;
    if (on) send(false);
    on = false;
    sentAt = -Infinity;
  }

  return {
    active() {
      if (timer !== undefined) clockwork.cancel(timer);
      timer = clockwork.later(over, OVER_AFTER_MS);
      if (clockwork.now() - sentAt < EVERY_MS) return;
      sentAt = clockwork.now();
      on = true;
      send(true);
    },
    over,
  };
}
