// A world in which time passes when the test says so, with sockets that the test plays the server of.
import type { Wire, World } from "./socket";
import type { Body, Ev, SessionState, Welcome } from "./types";

export class FakeWire implements Wire {
  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;
  sent: Record<string, unknown>[] = [];
  closedWith: number | null = null;

  send(data: string): void {
    this.sent.push(JSON.parse(data) as Record<string, unknown>);
  }
  close(code?: number): void {
    this.closedWith = code ?? 1005;
  }
  /** The server accepts, and says welcome to the hello. */
  accept(welcome: Partial<Welcome> = {}): void {
    this.onopen?.(new Event("open"));
    this.says({ t: "welcome", conn: "c1", head: 0, epoch: "e1", hb: 15, max: 100, win: 2, rate: RATE, now: iso(0), ...welcome });
  }
  says(frame: object): void {
    this.onmessage?.(new MessageEvent("message", { data: JSON.stringify(frame) }));
  }
  breaks(code = 1006, reason = ""): void {
    this.onclose?.(new CloseEvent("close", { code, reason }));
  }
  messages(): Record<string, unknown>[] {
    return this.sent.filter((frame) => frame.t === "msg");
  }
}

const RATE = { burst: 5, per_s: 1 };

export class FakeWorld implements World {
  wires: FakeWire[] = [];
  isOnline = true;
  luck = 0.5;
  #now = 0;
  #next = 1;
  #timers = new Map<number, { at: number; act: () => void }>();

  open = (): Wire => {
    const wire = new FakeWire();
    this.wires.push(wire);
    return wire;
  };
  /** By how much the clock on the wall was set forward (or back) since. */
  wall = 0;
  now = (): number => this.#now + this.wall;
  chance = (): number => this.luck;
  online = (): boolean => this.isOnline;
  later = (act: () => void, ms: number) => {
    const id = this.#next++;
    this.#timers.set(id, { at: this.#now + ms, act });
    return id as unknown as ReturnType<typeof setTimeout>; // the line only hands it back to cancel
  };
  cancel = (timer: ReturnType<typeof setTimeout>): void => {
    this.#timers.delete(timer as unknown as number); // see later()
  };
  /** The newest socket. */
  get wire(): FakeWire {
    const wire = this.wires.at(-1);
    if (!wire) throw new Error("no socket was opened");
    return wire;
  }
  /** Let time pass, with all that falls due in it, and what waits for promises. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms;
    for (;;) {
      await settled();
      const due = [...this.#timers].filter(([, timer]) => timer.at <= until).sort(([, a], [, b]) => a.at - b.at)[0];
      if (!due) break;
      this.#timers.delete(due[0]);
      this.#now = Math.max(this.#now, due[1].at);
      due[1].act();
    }
    this.#now = until;
    await settled();
  }
}

/** Everything that waits for a promise has gone on. */
export async function settled(): Promise<void> {
  for (let round = 0; round < 10; round += 1) await Promise.resolve();
}

export function iso(ms: number): string {
  return new Date(ms).toISOString();
}

export function aState(change: Partial<SessionState> = {}): SessionState {
  return {
    state: "open",
    why: null,
    phase: "clarify",
    phases: [{ id: "clarify", name: "Clarify", ends_at: iso(300_000) }],
    ends_at: iso(2_700_000),
    now: iso(0),
    running: true,
    mode: "practice",
    by: "offline",
    hints_left: 3,
    scorecard: "none",
    scenario: "url-shortener",
    title: "URL shortener",
    level: "senior",
    pace: "typed",
    attempt: 1,
    rated: false,
    retry_of: null,
    ...change,
  };
}

type Kinds = { [Kind in Ev["kind"]]: Extract<Ev, { kind: Kind }>["data"] };

/** An event frame, one second after the one before. */
export function ev<Kind extends Ev["kind"]>(seq: number, kind: Kind, data: Kinds[Kind]): Ev {
  return { t: "ev", seq, ts: iso(seq * 1000), kind, data } as Ev; // the two go together by Kinds
}

export const said = (seq: number, body: string, cmid: string | null = null): Ev =>
  ev(seq, "candidate.message", { cmid, body, board_rev: null });
export const started = (seq: number, turn: string, attempt = 1): Ev => ev(seq, "turn.started", { turn, attempt });
export const chunk = (seq: number, turn: string, i: number, text: string, attempt = 1): Ev =>
  ev(seq, "agent.chunk", { turn, attempt, i, text });
export const finished = (seq: number, turn: string, text: string, change: Partial<Body<"AgentFinal">> = {}): Ev =>
  ev(seq, "agent.final", { turn, attempt: 1, text, by: "offline", stood_in: false, cut_off: false, state: aState(), ...change });

/** A storage that forgets with the test. */
export function aShelf(kept: Record<string, string> = {}) {
  const map = new Map(Object.entries(kept));
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  };
}
