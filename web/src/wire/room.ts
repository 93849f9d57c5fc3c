// The live room: one store that folds what the line brings and keeps what was said until the server holds it. It knows no
// React; a page reads it with `useStore(room.store, selector)`.
import { createStore, type StoreApi } from "zustand/vanilla";

import { api } from "./api";
import { apply, EMPTY_ROOM } from "./fold";
import { uuidv7 } from "./ids";
import { due, frameOf, largestSending, mark, persist, restore, tooLong, type Unsent } from "./outbox";
import { type Shelf, tabShelf } from "./shelf";
import { type Line, type Link, openLine, type Owner, type World } from "./socket";
import type { FromServer, Room, Sign, Welcome } from "./types";

export type RoomView = {
  /** Folded from events: the server's truth. */
  room: Room;
  link: Link;
  /** What the person said and the conversation does not yet show, oldest first. Show these after `room.turns`. */
  unsent: readonly Unsent[];
  /** The person types or draws, as far as the server was told: it does not answer before they are done. */
  going: boolean;
  /** The server's clock less ours, in milliseconds; add it to Date.now(). */
  clockSkewMs: number;
  /** The longest message, in bytes of UTF-8. */
  longestBytes: number;
};

export type LiveRoom = {
  store: StoreApi<RoomView>;
  /**
   * Say something; gives its id. It is shown and kept at once, and sent as soon as there is a line and the revision of
   * its board is known. Where that cannot be had, it goes without.
   */
  say: (body: string, boardRev?: number | null | Promise<number | null>) => string;
  /** Try a failed message again, under its own id. */
  sayAgain: (cmid: string) => void;
  /** Take back a failed message; gives its words, for the composer. */
  takeBack: (cmid: string) => string;
  /** Typing, drawing, or holding the floor. May be lost. */
  sign: (kind: Sign["kind"], on: boolean) => void;
  retry: () => void;
  /** Close the line; what is unsent stays on the shelf. */
  leave: () => void;
};

export type Deps = {
  world: World;
  shelf: Shelf;
  calls: Pick<Owner, "ticket" | "snapshot">;
  newId: () => string;
};

/** Enters a session's room and stays until `leave`. */
export function enterRoom(session: string, deps: Deps = browserDeps(session)): LiveRoom {
  const { world, shelf } = deps;
  let window = 1;
  // While it stands, nothing is sent: the server asked for a pause.
  let pause: ReturnType<typeof setTimeout> | undefined;
  let left = false;
  const busy = new Set<Sign["kind"]>();
  const store = createStore<RoomView>(() => ({
    room: EMPTY_ROOM,
    link: { kind: "connecting", since: world.now() },
    unsent: restore(shelf, session),
    going: false,
    clockSkewMs: 0,
    longestBytes: 16 * 1024,
  }));
  const view = store.getState;

  function setUnsent(unsent: Unsent[]) {
    store.setState({ unsent });
    persist(shelf, session, unsent);
  }

  function push() {
    if (pause !== undefined) return;
    for (const one of due(view().unsent, window)) {
      if (!line.send(frameOf(one))) return;
      setUnsent(mark(view().unsent, one.cmid, { state: "sending" }));
    }
  }

  // By a timer alone: the clock on the wall may be set back or forward meanwhile.
  function pushAfter(ms: number) {
    goOn();
    pause = world.later(() => {
      pause = undefined;
      push();
    }, ms);
  }

  function goOn() {
    if (pause !== undefined) world.cancel(pause);
    pause = undefined;
  }

  function ready(cmid: string, boardRev: number | null) {
    // Whoever came after us has it from the shelf, and sends it without its board.
    if (left) return;
    setUnsent(mark(view().unsent, cmid, { state: "waiting", board_rev: boardRev }));
    push();
  }

  function settle(cmid: string | null) {
    if (view().unsent.some((one) => one.cmid === cmid)) setUnsent(view().unsent.filter((one) => one.cmid !== cmid));
  }

  function heard(frame: FromServer): boolean {
    switch (frame.t) {
      case "ev": {
        const { room } = view();
        if (frame.seq > room.seq + 1) return false;
        const next = apply(room, frame);
        if (next === room) return true;
        store.setState({ room: next });
        if (frame.kind === "candidate.message") settle(frame.data.cmid);
        return true;
      }
      case "ack":
        // The bubble stays until its event is folded, so that it never blinks (P16).
        if (frame.seq <= view().room.seq) settle(frame.cmid);
        else setUnsent(mark(view().unsent, frame.cmid, { state: "kept" }));
        push();
        return true;
      case "nack":
        refused(frame.cmid, frame.code, frame.retry_ms);
        return true;
      default:
        return true;
    }
  }

  function refused(cmid: string, code: NonNullable<Unsent["code"]>, retryMs: number | null) {
    if (code !== "rate" && code !== "unavailable") {
      setUnsent(mark(view().unsent, cmid, { state: "failed", code }));
      return push();
    }
    // Those after it would overtake it; they wait as well, so that the order of what was said is kept.
    setUnsent(view().unsent.map((one) => (one.state === "sending" ? { ...one, state: "waiting" } : one)));
    pushAfter(retryMs ?? 1000);
  }

  function welcomed(welcome: Welcome) {
    window = welcome.win;
    goOn();
    store.setState({ clockSkewMs: Date.parse(welcome.now) - world.now(), longestBytes: welcome.max });
    setUnsent(view().unsent.map((one) => (one.state === "sending" ? { ...one, state: "waiting" } : one)));
    push();
  }

  const line: Line = openLine(
    {
      ...deps.calls,
      position: () => view().room.seq,
      placed: (snapshot) => {
        store.setState({ room: snapshot.room });
        const said = new Set(snapshot.room.turns.map((turn) => turn.cmid));
        setUnsent(view().unsent.filter((one) => !said.has(one.cmid)));
      },
      welcomed,
      heard,
      tooBig: () => {
        const large = largestSending(view().unsent);
        if (large) setUnsent(mark(view().unsent, large.cmid, { state: "failed", code: "too_long" }));
      },
      changed: (link) => store.setState({ link }),
    },
    world,
  );

  const stopListening = listen(line);
  return {
    store,
    say(body, boardRev = null) {
      const cmid = deps.newId();
      const known = boardRev instanceof Promise ? null : boardRev;
      const said = { cmid, body, board_rev: known, at: world.now() };
      if (tooLong(said, view().longestBytes)) {
        setUnsent([...view().unsent, { ...said, state: "failed", code: "too_long" }]);
      } else if (boardRev instanceof Promise) {
        setUnsent([...view().unsent, { ...said, state: "readying", code: null }]);
        boardRev.then(
          (rev) => ready(cmid, rev),
          () => ready(cmid, null),
        );
      } else {
        setUnsent([...view().unsent, { ...said, state: "waiting", code: null }]);
        push();
      }
      return cmid;
    },
    sayAgain(cmid) {
      setUnsent(mark(view().unsent, cmid, { state: "waiting", code: null }));
      push();
    },
    takeBack(cmid) {
      const body = view().unsent.find((one) => one.cmid === cmid)?.body ?? "";
      settle(cmid);
      return body;
    },
    sign(kind, on) {
      line.send({ t: "eph", kind, on });
      if (kind === "hold") return;
      if (on) busy.add(kind);
      else busy.delete(kind);
      if (view().going !== busy.size > 0) store.setState({ going: busy.size > 0 });
    },
    retry: line.retry,
    leave() {
      left = true;
      goOn();
      stopListening();
      line.leave();
    },
  };
}

function listen(line: Line): () => void {
  const shown = () => {
    if (document.visibilityState === "visible") line.retry();
  };
  addEventListener("online", line.retry);
  addEventListener("offline", line.offline);
  document.addEventListener("visibilitychange", shown);
  return () => {
    removeEventListener("online", line.retry);
    removeEventListener("offline", line.offline);
    document.removeEventListener("visibilitychange", shown);
  };
}

function browserDeps(session: string): Deps {
  const address = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/v1/ws`;
  return {
    world: {
      open: () => new WebSocket(address, "chat.v1"),
      now: () => Date.now(),
      chance: () => Math.random(),
      online: () => navigator.onLine,
      later: (act, ms) => setTimeout(act, ms),
      cancel: (timer) => clearTimeout(timer),
    },
    shelf: tabShelf(),
    calls: {
      ticket: async () => (await api.ticket(session)).ticket,
      snapshot: () => api.transcript(session),
    },
    newId: () => uuidv7(),
  };
}
