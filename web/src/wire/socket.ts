// One line to the server that mends itself: ticket, hello, welcome, heartbeats, and reconnecting by the ranges of close
// codes. It hands on what it hears and knows nothing of rooms or messages; the numbers P3 to P21 are the protocol's.
import { Problem } from "./problem";
import type { FromServer, Snapshot, Welcome } from "./types";

export type Link =
  | { kind: "connecting"; since: number }
  | { kind: "connected"; since: number }
  | { kind: "reconnecting"; since: number; retryAt: number }
  | { kind: "offline"; since: number }
  | { kind: "stopped"; since: number; why: Stopped };

export type Stopped = "left" | "outdated" | "signed_out" | "not_available" | "replaced" | "closed";

/** The part of a browser's WebSocket that is used here. */
export type Wire = Pick<WebSocket, "send" | "close"> & {
  onopen: ((event: Event) => void) | null;
  onmessage: ((event: MessageEvent) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
};

/** What the line stands on; tests give their own. Times are milliseconds. */
export type World = {
  open: () => Wire;
  now: () => number;
  chance: () => number;
  online: () => boolean;
  later: (act: () => void, ms: number) => ReturnType<typeof setTimeout>;
  cancel: (timer: ReturnType<typeof setTimeout>) => void;
};

export type Owner = {
  /** A fresh ticket (P2). Throws Problem where the server refuses. */
  ticket: () => Promise<string>;
  /** The state to begin anew from, when our position is unknown (P5). */
  snapshot: () => Promise<Snapshot>;
  /** The seq of the last event applied. */
  position: () => number;
  /** The room begins anew from here. */
  placed: (snapshot: Snapshot) => void;
  /** The line is open; what is unsent may go (P11). */
  welcomed: (welcome: Welcome) => void;
  /** A frame other than welcome and heartbeat. Gives false where it shows a gap (P13). */
  heard: (frame: FromServer) => boolean;
  /** The socket closed because a frame was too big (1009). */
  tooBig: () => void;
  changed: (link: Link) => void;
};

export type Line = {
  /** True where the frame was handed to an open line. */
  send: (frame: object) => boolean;
  /** Try now: the person asked, the network is back, or the page is shown again. */
  retry: () => void;
  offline: () => void;
  leave: () => void;
};

const FIRST_WAIT = 250;
const LONGEST_WAIT = 20_000;
const HEALTHY_AFTER = 30_000;
const WELCOME_WITHIN = 10_000;
const GIVE_UP_AFTER_BEATS = 2.5;
const TICKETS_IN_A_ROW = 2;

const STOPS: Record<number, Stopped> = {
  4500: "outdated",
  4501: "signed_out",
  4503: "not_available",
  4504: "replaced",
  4510: "closed",
};

/** Opens the line and keeps it open until `leave`, or until the server says that there is no use. */
export function openLine(owner: Owner, world: World): Line {
  let link: Link = { kind: "connecting", since: world.now() };
  let wire: Wire | null = null;
  let welcomed = false;
  // Each try has a number; whatever an older one still says is not heard, so there is one live socket (P21).
  let turn = 0;
  let failures = 0;
  let refusedTickets = 0;
  let epoch: string | null = null;
  let beatMs = 15_000;
  let headBefore: number | null = null;
  const timers: { retry?: ReturnType<typeof setTimeout>; watch?: ReturnType<typeof setTimeout>; healthy?: ReturnType<typeof setTimeout> } = {};

  function become(next: Link) {
    link = next;
    owner.changed(link);
  }

  function clear(...names: (keyof typeof timers)[]) {
    for (const name of names) {
      const timer = timers[name];
      if (timer !== undefined) world.cancel(timer);
      delete timers[name];
    }
  }

  function drop() {
    turn += 1;
    clear("retry", "watch", "healthy");
    const old = wire;
    wire = null;
    welcomed = false;
    old?.close(1000);
  }

  function stop(why: Stopped) {
    drop();
    become({ kind: "stopped", since: world.now(), why });
  }

  function again(waitMs?: number) {
    drop();
    if (!world.online()) return become({ kind: "offline", since: world.now() });
    const ceiling = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** failures);
    failures += 1;
    const wait = (waitMs ?? 0) + world.chance() * ceiling;
    const since = link.kind === "reconnecting" ? link.since : world.now();
    become({ kind: "reconnecting", since, retryAt: world.now() + wait });
    timers.retry = world.later(() => void start(), wait);
  }

  function watch(ms: number) {
    clear("watch");
    timers.watch = world.later(() => again(), ms);
  }

  async function start(placeFirst = false) {
    drop();
    const mine = turn;
    if (link.kind !== "reconnecting") become({ kind: "connecting", since: world.now() });
    watch(WELCOME_WITHIN * 2);
    try {
      if (placeFirst) {
        const snapshot = await owner.snapshot();
        if (mine !== turn) return;
        epoch = snapshot.epoch;
        owner.placed(snapshot);
      }
      const ticket = await owner.ticket();
      if (mine !== turn) return;
      dial(ticket, mine);
    } catch (fault) {
      if (mine !== turn) return;
      const status = statusOf(fault);
      if (status === 401) stop("signed_out");
      else if (status === 403 || status === 404) stop("not_available");
      else again(retryMsOf(fault));
    }
  }

  function dial(ticket: string, mine: number) {
    const fresh = world.open();
    wire = fresh;
    watch(WELCOME_WITHIN);
    fresh.onopen = () => {
      if (mine !== turn) return;
      const hello = { t: "hello", v: 1, ticket, after: owner.position(), ...(epoch === null ? {} : { epoch }) };
      fresh.send(JSON.stringify(hello));
    };
    fresh.onmessage = (event) => {
      if (mine === turn) hear(event.data);
    };
    fresh.onclose = (event) => {
      if (mine === turn) ended(event.code, event.reason);
    };
  }

  function hear(data: unknown) {
    const frame = read(data);
    if (frame === null) return;
    if (frame.t === "welcome") return welcome(frame);
    watch(beatMs * GIVE_UP_AFTER_BEATS);
    if (frame.t === "hb") return beat(frame.head);
    if (!owner.heard(frame)) again();
  }

  function welcome(frame: Welcome) {
    welcomed = true;
    epoch = frame.epoch;
    beatMs = frame.hb * 1000;
    headBefore = null;
    refusedTickets = 0;
    watch(beatMs * GIVE_UP_AFTER_BEATS);
    timers.healthy = world.later(() => (failures = 0), HEALTHY_AFTER);
    become({ kind: "connected", since: world.now() });
    owner.welcomed(frame);
  }

  function beat(head: number) {
    // What the server had a whole interval ago has still not come: its pump stands still (P17).
    if (headBefore !== null && headBefore > owner.position()) return again();
    headBefore = head;
    wire?.send(JSON.stringify({ t: "hb", after: owner.position() }));
  }

  function ended(code: number, reason: string) {
    if (code >= 4500 && code <= 4999) return stop(STOPS[code] ?? "outdated");
    if (code === 1009) owner.tooBig();
    if (code === 4009) {
      // A second refusal in a row waits its turn, so that two who disagree do not talk without pause.
      failures += 1;
      return failures > 1 ? againPlaced() : void start(true);
    }
    if (code === 4014) {
      refusedTickets += 1;
      if (refusedTickets > TICKETS_IN_A_ROW) return stop("signed_out");
    }
    again(retryMsIn(reason));
  }

  function againPlaced() {
    again();
    if (timers.retry === undefined || link.kind !== "reconnecting") return;
    const wait = link.retryAt - world.now();
    clear("retry");
    timers.retry = world.later(() => void start(true), wait);
  }

  void start();
  return {
    send(frame) {
      if (!welcomed || wire === null) return false;
      wire.send(JSON.stringify(frame));
      return true;
    },
    retry() {
      if (link.kind === "stopped" || link.kind === "connected" || link.kind === "connecting") return;
      failures = 0;
      void start();
    },
    offline() {
      if (link.kind === "stopped") return;
      drop();
      become({ kind: "offline", since: world.now() });
    },
    leave: () => stop("left"),
  };
}

function read(data: unknown): FromServer | null {
  if (typeof data !== "string") return null;
  try {
    const frame: unknown = JSON.parse(data);
    return typeof frame === "object" && frame !== null && "t" in frame ? (frame as FromServer) : null;
  } catch {
    return null;
  }
}

function retryMsIn(reason: string): number | undefined {
  const found = /retry_ms\D{0,4}(\d+)/.exec(reason)?.[1];
  return found === undefined ? undefined : Number(found);
}

function statusOf(fault: unknown): number | null {
  return fault instanceof Problem ? fault.status : null;
}

function retryMsOf(fault: unknown): number | undefined {
  return fault instanceof Problem ? fault.retryMs : undefined;
}
