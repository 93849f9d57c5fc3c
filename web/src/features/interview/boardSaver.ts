// Saves the board by itself: shortly after the last stroke, not too often, one save at a time. What could not be saved is
// kept in the tab, and where another tab saved first, both versions stay until somebody chooses.
import { Problem, words } from "~/wire/problem";
import type { Shelf } from "~/wire/shelf";
import type { Body } from "~/wire/types";

export type Scene = Body<"Board">["scene"];

export type Saving =
  | { kind: "clean"; at: number | null }
  | { kind: "dirty" }
  | { kind: "saving" }
  | { kind: "waiting" }
  | { kind: "clash"; theirs: Body<"Board"> }
  | { kind: "refused"; why: string };

const AFTER_LAST_MS = 600;
const APART_MS = 2500;
const AGAIN_MS = 5000;

export interface Deps {
  save: (basedOn: number, scene: Scene) => Promise<{ rev: number }>;
  load: () => Promise<Body<"Board">>;
  shelf: Shelf;
  key: string;
  now: () => number;
  later: (act: () => void, ms: number) => ReturnType<typeof setTimeout>;
  cancel: (timer: ReturnType<typeof setTimeout>) => void;
  changed: (saving: Saving) => void;
}

export interface BoardSaver {
  /** The board changed; `scene` gives it when it is wanted. */
  drawn: (scene: () => Scene) => void;
  /** Saves what is not saved yet; gives the revision that holds now, also where saving failed. */
  flush: () => Promise<number>;
  /** After a clash: their version holds, or ours is saved over it. Gives the scene to show. */
  settle: (whose: "theirs" | "mine") => Scene;
  /** The line is back: try at once what could not be saved. */
  back: () => void;
  /** Another tab saved a revision; true where the board should be loaded anew. */
  behind: (rev: number) => boolean;
  /** The board was loaded anew at this revision. */
  placed: (rev: number) => void;
  leave: () => void;
}

export function boardSaver(deps: Deps, startRev: number): BoardSaver {
  let rev = startRev;
  let unsaved: (() => Scene) | null = null;
  let saving: Promise<void> | null = null;
  let lastAt = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let state: Saving = { kind: "clean", at: null };
  // What the last try sent: where its answer was lost, the board of the server may be this one.
  let tried: string | null = null;

  function become(next: Saving) {
    state = next;
    deps.changed(next);
  }

  function plan(ms: number) {
    if (timer !== undefined) deps.cancel(timer);
    timer = deps.later(() => void flush(), ms);
  }

  function drawn(scene: () => Scene) {
    unsaved = scene;
    if (state.kind === "clash") return;
    if (state.kind !== "saving") become({ kind: "dirty" });
    plan(Math.max(AFTER_LAST_MS, lastAt + APART_MS - deps.now()));
  }

  async function flush(): Promise<number> {
    if (timer !== undefined) deps.cancel(timer);
    timer = undefined;
    while (saving) await saving;
    if (unsaved && state.kind !== "clash") {
      saving = save(unsaved).finally(() => (saving = null));
      await saving;
    }
    return rev;
  }

  async function save(what: () => Scene) {
    const scene = what();
    unsaved = null;
    become({ kind: "saving" });
    try {
      rev = await stored(scene);
      lastAt = deps.now();
      tried = null;
      keep(null);
      become(unsaved ? { kind: "dirty" } : { kind: "clean", at: lastAt });
      if (unsaved) plan(APART_MS);
    } catch (fault) {
      unsaved ??= what;
      failed(fault, scene);
    }
  }

  async function stored(scene: Scene): Promise<number> {
    const body = JSON.stringify(scene);
    try {
      return (await deps.save(rev, scene)).rev;
    } catch (fault) {
      if (!(fault instanceof Problem) || fault.status !== 412) {
        tried = body;
        throw fault;
      }
      const theirs = await deps.load();
      if (theirs.rev > rev && JSON.stringify(theirs.scene) === (tried ?? body)) {
        rev = theirs.rev;
        return tried === body || tried === null ? rev : (await deps.save(rev, scene)).rev;
      }
      throw new Clash(theirs);
    }
  }

  function failed(fault: unknown, scene: Scene) {
    keep(scene);
    if (fault instanceof Clash) return become({ kind: "clash", theirs: fault.theirs });
    if (fault instanceof Problem && !fault.mayPass) return become({ kind: "refused", why: words(fault) });
    become({ kind: "waiting" });
    plan(AGAIN_MS);
  }

  function keep(scene: Scene | null) {
    try {
      if (scene) deps.shelf.setItem(deps.key, JSON.stringify({ rev, scene }));
      else deps.shelf.removeItem(deps.key);
    } catch {
      // Without storage the board still stands on the screen, and is saved when the line is back.
    }
  }

  return {
    drawn,
    flush,
    settle(whose) {
      if (state.kind !== "clash") throw new Error("There is nothing to settle.");
      const { theirs } = state;
      rev = theirs.rev;
      tried = null;
      const mine = unsaved;
      if (whose === "theirs" || !mine) {
        unsaved = null;
        keep(null);
        become({ kind: "clean", at: deps.now() });
        return theirs.scene;
      }
      become({ kind: "dirty" });
      plan(0);
      return mine();
    },
    back() {
      if (state.kind === "waiting" || state.kind === "dirty") void flush();
    },
    behind: (other) => other > rev && unsaved === null && saving === null,
    placed(other) {
      rev = other;
      become({ kind: "clean", at: null });
    },
    leave() {
      if (timer !== undefined) deps.cancel(timer);
      if (unsaved) keep(unsaved());
    },
  };
}

/** What was left unsaved when the page was last closed, null where there is nothing or a newer board is stored. */
export function leftOver(shelf: Shelf, key: string, storedRev: number): Scene | null {
  try {
    const kept = JSON.parse(shelf.getItem(key) ?? "null") as { rev: number; scene: Scene } | null;
    return kept && kept.rev === storedRev ? kept.scene : null;
  } catch {
    return null;
  }
}

class Clash extends Error {
  constructor(readonly theirs: Body<"Board">) {
    super("Another tab saved the board first.");
  }
}
