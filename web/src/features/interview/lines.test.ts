import { describe, expect, test } from "vitest";

import { EMPTY_ROOM } from "~/wire/fold";
import type { RoomView } from "~/wire/room";

import { floorOf, linesOf, wordsSaid } from "./lines";
import { aState, aTurn } from "./testing";

const phases = [
  { id: "clarify", name: "Clarify", ends_at: "" },
  { id: "design", name: "Design", ends_at: "" },
];

describe("the conversation", () => {
  test("shows a divider where a phase begins, but none before the first words", () => {
    const turns = [aTurn({ phase: "clarify" }), aTurn({ phase: "clarify" }), aTurn({ phase: "design" })];
    const lines = linesOf({ ...EMPTY_ROOM, state: aState({ phases }), turns }, new Map());
    expect(lines.map((line) => (line.kind === "phase" ? line.name : "turn"))).toEqual(["turn", "turn", "Design", "turn"]);
  });

  test("counts the candidate's words, and no others", () => {
    const turns = [aTurn({ role: "interviewer", text: "Design it." }), aTurn({ role: "candidate", text: " One\ntable,  then. " })];
    expect(wordsSaid(turns)).toBe(3);
  });

  test("marks the answer that carried a hint", () => {
    const turns = [aTurn({ seq: 4 }), aTurn({ seq: 8 })];
    const lines = linesOf({ ...EMPTY_ROOM, turns }, new Map([[7, { rung: 1, left: 2 }]]));
    expect(lines.map((line) => line.kind === "turn" && line.hint?.rung)).toEqual([undefined, 1]);
  });
});

describe("the floor", () => {
  const view = (change: Partial<RoomView>, turns = [aTurn()]): RoomView => ({
    room: { ...EMPTY_ROOM, state: aState(), turns },
    link: { kind: "connected", since: 0 },
    unsent: [],
    going: false,
    clockSkewMs: 0,
    longestBytes: 16384,
    ...change,
  });

  test("is the candidate's after an answer", () => {
    expect(floorOf(view({}), false)).toBe("yours");
    expect(floorOf(view({}), true)).toBe("holding");
  });

  test("is the interviewer's as soon as something was said, even before the server has heard it", () => {
    expect(floorOf(view({}, [aTurn(), aTurn({ role: "candidate" })]), false)).toBe("thinking");
    const unsent = [{ cmid: "c", body: "b", board_rev: null, at: 0, state: "waiting", code: null } as const];
    expect(floorOf(view({ unsent }), false)).toBe("thinking");
  });

  test("is waited for while the candidate goes on after what they said", () => {
    expect(floorOf(view({ going: true }, [aTurn({ role: "candidate" })]), false)).toBe("waiting");
    const begun = aTurn({ state: "speaking", text: "" });
    expect(floorOf(view({ going: true }, [aTurn({ role: "candidate" }), begun]), false)).toBe("thinking");
    expect(floorOf(view({ going: true }), false)).toBe("yours");
  });

  test("is nobody's while what was said waits for the connection", () => {
    const unsent = [{ cmid: "c", body: "b", board_rev: null, at: 0, state: "waiting", code: null } as const];
    expect(floorOf(view({ unsent, link: { kind: "offline", since: 0 } }), false)).toBe("unheard");
  });

  test("goes back to the candidate where an answer was lost", () => {
    const turns = [aTurn({ role: "candidate" }), aTurn({ state: "failed" })];
    expect(floorOf(view({}, turns), false)).toBe("yours");
  });

  test("tells speaking from thinking by whether words have come", () => {
    expect(floorOf(view({}, [aTurn({ state: "speaking", text: "" })]), false)).toBe("thinking");
    expect(floorOf(view({}, [aTurn({ state: "speaking", text: "So" })]), false)).toBe("speaking");
  });
});
