import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

import { apply, EMPTY_ROOM, fold } from "./fold";
import { aState, chunk, ev, finished, said, started } from "./testing";
import type { Ev, Room } from "./types";

test("an answer grows by its sentences and is replaced by its final", () => {
  const growing = fold([said(1, "Hello"), started(2, "t1"), chunk(3, "t1", 0, "Design"), chunk(4, "t1", 1, "a shortener.")]);
  expect(growing.turns[1]).toMatchObject({ role: "interviewer", text: "Design a shortener.", state: "speaking", n: null });
  const whole = apply(growing, finished(5, "t1", "Design a link shortener.", { state: aState({ phase: "estimate" }) }));
  expect(whole.turns[1]).toMatchObject({ text: "Design a link shortener.", state: "done", n: 2, seq: 5, phase: "estimate" });
  expect(whole.state?.phase).toBe("estimate");
});

test("a turn begun anew loses what had been shown of it, and two attempts are never spliced", () => {
  const frames = [
    started(1, "t1"),
    chunk(2, "t1", 0, "First words."),
    ev(3, "turn.restarted", { turn: "t1", attempt: 2 }),
    chunk(4, "t1", 1, "Late words of the first attempt.", 1),
    chunk(5, "t1", 0, "Second words.", 2),
  ];
  expect(fold(frames).turns.map((turn) => turn.text)).toEqual(["Second words."]);
  expect(fold(frames).turns[0]?.attempt).toBe(2);
});

test("a turn begun anew stands behind what was said meanwhile: it answers that as well", () => {
  const room = fold([
    said(1, "One"),
    started(2, "t1"),
    said(3, "and two", "m2"),
    ev(4, "turn.restarted", { turn: "t1", attempt: 2 }),
    finished(5, "t1", "To both of them.", { attempt: 2 }),
  ]);
  expect(room.turns.map((turn) => turn.text)).toEqual(["One", "and two", "To both of them."]);
});

test("a frame that was seen changes nothing, and gives the same room", () => {
  const room = fold([said(1, "Hello"), started(2, "t1")]);
  expect(apply(room, said(1, "Hello"))).toBe(room);
  expect(apply(room, started(2, "t1"))).toBe(room);
});

test("a message sent while the interviewer speaks stands after the answer, which is numbered when it is whole", () => {
  const room = fold([
    said(1, "One"),
    started(2, "t1"),
    chunk(3, "t1", 0, "I was"),
    said(4, "Wait, two", "m2"),
    finished(5, "t1", "I was", { cut_off: true }),
    started(6, "t2"),
    finished(7, "t2", "Go on."),
  ]);
  expect(room.turns.map((turn) => [turn.n, turn.text])).toEqual([
    [1, "One"],
    [3, "I was"],
    [2, "Wait, two"],
    [4, "Go on."],
  ]);
  expect(room.turns[1]?.cut_off).toBe(true);
});

test("sentences that come without a beginning still make a turn", () => {
  expect(fold([chunk(1, "t9", 3, "middle.")]).turns).toMatchObject([{ turn: "t9", text: "middle.", state: "speaking" }]);
  expect(fold([finished(1, "t9", "All of it.")]).turns).toMatchObject([{ turn: "t9", n: 1, state: "done" }]);
});

test("a sentence that comes after the final changes nothing that is shown", () => {
  expect(fold([started(1, "t1"), finished(2, "t1", "Done."), chunk(3, "t1", 0, "Late.")]).turns[0]?.text).toBe("Done.");
});

test("a turn that failed shows no half of an answer", () => {
  const room = fold([started(1, "t1"), chunk(2, "t1", 0, "Half"), ev(3, "turn.failed", { turn: "t1", reason_code: "defect" })]);
  expect(room.turns[0]).toMatchObject({ state: "failed", text: "" });
  expect(fold([ev(1, "turn.failed", { turn: "nobody", reason_code: "defect" })]).turns).toEqual([]);
});

test("a correction stands with the message that it corrects", () => {
  const room = fold([said(1, "4 a second"), said(2, "and reads"), ev(3, "correction", { of_seq: 1, body: "40 a second" })]);
  expect(room.turns.map((turn) => turn.corrections)).toEqual([["40 a second"], []]);
});

test("the board, hints and the session are as last told", () => {
  const seen = { rev: 3, parts: [{ id: "a", label: "Cache", role: "cache" }], links: [], lint: [] };
  const room = fold([
    ev(1, "session.state", aState({ phase: "clarify" })),
    ev(2, "board.saved", { rev: 3 }),
    ev(3, "board.read", seen),
    ev(4, "hint.given", { rung: 1, left: 2 }),
    ev(5, "session.state", aState({ state: "ended", why: "asked" })),
  ]);
  expect(room).toMatchObject({ seq: 5, board_rev: 3, board: seen, hint: { rung: 1, left: 2 }, state: { state: "ended" } });
});

test("a kind of event that we do not know counts and changes nothing else", () => {
  const unknown = { t: "ev", seq: 1, ts: "2026-11-21T10:00:00Z", kind: "mood.changed", data: {} } as unknown as Ev;
  expect(apply(EMPTY_ROOM, unknown)).toEqual({ ...EMPTY_ROOM, seq: 1 });
});

test("folding in two pieces equals folding whole, wherever it is cut", () => {
  const frames = [said(1, "One"), started(2, "t1"), chunk(3, "t1", 0, "A."), said(4, "Two"), finished(5, "t1", "A. B.")];
  for (let cut = 0; cut <= frames.length; cut += 1) {
    expect(fold(frames.slice(cut), fold(frames.slice(0, cut)))).toEqual(fold(frames));
  }
});

// Recorded interviews, with the room after some numbers of frames; tests/channels/test_wire.py writes and reads them.
const ROOMS = "../tests/fixtures/rooms";

test.each(readdirSync(ROOMS))("%s is folded here as on the server", (file) => {
  const recorded = JSON.parse(readFileSync(`${ROOMS}/${file}`, "utf8")) as { frames: Ev[]; rooms: Record<string, Room> };
  expect(Object.keys(recorded.rooms)).not.toHaveLength(0);
  for (const [count, room] of Object.entries(recorded.rooms)) {
    expect(fold(recorded.frames.slice(0, Number(count)))).toEqual(room);
  }
});
