// The room, folded from public events one by one. It gives the same as `view` in interviewer/channels/room.py for the
// same frames; recorded interviews are folded by both, and the results compared.
import type { Body, Ev, Room, TurnShown } from "./types";

export const EMPTY_ROOM: Room = { seq: 0, state: null, turns: [], board_rev: 0, board: null, hint: null };

/** The room after `frame`. A frame at or below the room's seq changes nothing, and the same object comes back. */
export function apply(room: Room, frame: Ev): Room {
  return frame.seq <= room.seq ? room : { ...shown(room, frame), seq: frame.seq };
}

/** The room after all `frames`, in order. */
export function fold(frames: readonly Ev[], onto: Room = EMPTY_ROOM): Room {
  return frames.reduce(apply, onto);
}

function shown(room: Room, frame: Ev): Room {
  switch (frame.kind) {
    case "candidate.message":
      return withTurn(room, {
        ...blank(room, frame),
        n: nextNumber(room),
        role: "candidate",
        text: frame.data.body,
        cmid: frame.data.cmid,
        board_rev: frame.data.board_rev,
      });
    case "turn.started":
    case "turn.restarted":
      return begun(room, frame, frame.data.turn, frame.data.attempt);
    case "agent.chunk":
      return chunked(room, frame, frame.data);
    case "agent.final":
      return finished(room, frame, frame.data);
    case "turn.failed":
      return changed(room, frame.data.turn, { state: "failed", text: "" });
    case "board.saved":
      return { ...room, board_rev: frame.data.rev };
    case "board.read":
      return { ...room, board: frame.data };
    case "hint.given":
      return { ...room, hint: frame.data };
    case "correction":
      return corrected(room, frame.data);
    case "session.state":
      return inState(room, frame.data);
    default:
      // A newer server may have more to tell; its events still count, so that the next one is not a gap.
      return room;
  }
}

/** What an interview that is over had begun to think about is never said. */
function inState(room: Room, state: Body<"SessionState">): Room {
  const unsaid = (turn: TurnShown) => state.state === "ended" && turn.state === "speaking" && turn.text === "";
  return { ...room, state, turns: room.turns.filter((turn) => !unsaid(turn)) };
}

function blank(room: Room, frame: Ev): TurnShown {
  return {
    seq: frame.seq,
    n: null,
    role: "interviewer",
    text: "",
    at: frame.ts,
    cmid: null,
    board_rev: null,
    turn: null,
    attempt: 1,
    by: null,
    stood_in: false,
    cut_off: false,
    state: "done",
    corrections: [],
    phase: room.state?.phase ?? null,
  };
}

function nextNumber(room: Room): number {
  return 1 + Math.max(0, ...room.turns.map((turn) => turn.n ?? 0));
}

function withTurn(room: Room, turn: TurnShown): Room {
  return { ...room, turns: [...room.turns, turn] };
}

function named(room: Room, name: string): TurnShown | undefined {
  return room.turns.find((turn) => turn.turn === name);
}

function changed(room: Room, name: string, change: Partial<TurnShown>): Room {
  if (!named(room, name)) return room;
  return { ...room, turns: room.turns.map((turn) => (turn.turn === name ? { ...turn, ...change } : turn)) };
}

/** A turn that begins here, or begins anew: then it stands behind what was said meanwhile. */
function begun(room: Room, frame: Ev, name: string, attempt: number): Room {
  const others = { ...room, turns: room.turns.filter((turn) => turn.turn !== name) };
  return withTurn(others, { ...blank(room, frame), turn: name, attempt, state: "speaking" });
}

function chunked(room: Room, frame: Ev, chunk: Body<"AgentChunk">): Room {
  const there = named(room, chunk.turn) ? room : begun(room, frame, chunk.turn, chunk.attempt);
  const standing = named(there, chunk.turn);
  if (!standing || chunk.attempt < standing.attempt || standing.state === "done") return there;
  const text = standing.text ? `${standing.text} ${chunk.text}` : chunk.text;
  return changed(there, chunk.turn, { text, attempt: chunk.attempt });
}

function finished(room: Room, frame: Ev, final: Body<"AgentFinal">): Room {
  const there = named(room, final.turn) ? room : begun(room, frame, final.turn, final.attempt);
  const done = changed(there, final.turn, {
    seq: frame.seq,
    n: nextNumber(there),
    text: final.text,
    by: final.by,
    stood_in: final.stood_in,
    cut_off: final.cut_off,
    attempt: final.attempt,
    state: "done",
    at: frame.ts,
    phase: final.state.phase,
  });
  return { ...done, state: final.state };
}

function corrected(room: Room, correction: Body<"Correction">): Room {
  const turns = room.turns.map((turn) =>
    turn.seq === correction.of_seq ? { ...turn, corrections: [...turn.corrections, correction.body] } : turn,
  );
  return { ...room, turns };
}
