// Rooms for the tests of this folder.
import { aState as aStateOfTheWire } from "~/wire/testing";
import type { SessionState, TurnShown } from "~/wire/types";

/** A state at ten in the morning, with times that can be read. */
export function aState(change: Partial<SessionState> = {}): SessionState {
  return aStateOfTheWire({
    phases: [{ id: "clarify", name: "Clarify", ends_at: "2026-11-21T10:05:00Z" }],
    ends_at: "2026-11-21T10:45:00Z",
    now: "2026-11-21T10:00:00Z",
    ...change,
  });
}

let count = 0;

export function aTurn(change: Partial<TurnShown> = {}): TurnShown {
  count += 1;
  return {
    seq: count,
    n: count,
    role: "interviewer",
    text: "What happens at peak?",
    at: "2026-11-21T10:00:00Z",
    cmid: null,
    board_rev: null,
    turn: null,
    attempt: 1,
    by: null,
    stood_in: false,
    cut_off: false,
    state: "done",
    corrections: [],
    phase: "clarify",
    ...change,
  };
}
