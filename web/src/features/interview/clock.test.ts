import { describe, expect, test } from "vitest";

import { chips, leftMs, notice, spoken } from "./clock";
import { aState, aTurn } from "./testing";

const T0 = Date.parse("2026-11-21T10:00:00Z");
const after = (seconds: number) => T0 + seconds * 1000;

describe("the clock", () => {
  test("counts down while it runs, and never below nought", () => {
    const state = aState({ running: true, now: iso(0), ends_at: iso(600) });
    expect(leftMs(state, [], after(60))).toBe(540_000);
    expect(leftMs(state, [], after(9999))).toBe(0);
  });

  test("stands while paused, however late it is looked at", () => {
    const state = aState({ running: false, now: iso(30), ends_at: iso(600) });
    expect(leftMs(state, [], after(500))).toBe(570_000);
  });

  test("stands from a message until its answer", () => {
    const state = aState({ running: true, now: iso(0), ends_at: iso(600) });
    const asked = aTurn({ role: "candidate", at: iso(100) });
    const thinking = aTurn({ role: "interviewer", state: "speaking", at: iso(102) });
    expect(leftMs(state, [asked], after(130))).toBe(500_000);
    expect(leftMs(state, [asked, thinking], after(190))).toBe(500_000);
    expect(leftMs(state, [asked, aTurn({ role: "interviewer", at: iso(110) })], after(120))).toBe(480_000);
  });

  test("runs on when an answer was lost, so that nobody waits for ever", () => {
    const state = aState({ running: true, now: iso(0), ends_at: iso(600) });
    const turns = [aTurn({ role: "candidate", at: iso(100) }), aTurn({ state: "failed", at: iso(101) })];
    expect(leftMs(state, turns, after(200))).toBe(400_000);
  });

  test("is said as people say it", () => {
    expect(spoken(125_000)).toBe("2 minutes left");
    expect(spoken(60_000)).toBe("1 minute left");
    expect(spoken(20_000)).toBe("20 seconds left");
  });

  test("speaks up once at fifteen, five and one", () => {
    expect(notice(null, 10_000)).toBeNull();
    expect(notice(900_500, 899_900)).toBe("Fifteen minutes left.");
    expect(notice(899_900, 899_000)).toBeNull();
    expect(notice(300_100, 300_000)).toBe("Five minutes left.");
    expect(notice(400_000, 59_000)).toBe("One minute left.");
  });
});

test("phases in which something was said are done, those that were skipped are passed over", () => {
  const phases = ["a", "b", "c", "d"].map((id) => ({ id, name: id.toUpperCase(), ends_at: iso(0) }));
  const turns = [aTurn({ phase: "a" }), aTurn({ phase: "c" })];
  const standings = (state: ReturnType<typeof aState>) => chips(state, turns).map((chip) => chip.standing);
  expect(standings(aState({ phases, phase: "c" }))).toEqual(["done", "passed over", "current", "to come"]);
  expect(standings(aState({ phases, phase: "c", state: "ended" }))).toEqual(["done", "passed over", "done", "passed over"]);
});

function iso(seconds: number): string {
  return new Date(after(seconds)).toISOString();
}
