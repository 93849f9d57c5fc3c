import { expect, test } from "vitest";

import type { SessionShown } from "~/wire/types";

import { amount, headed, heldOn, offBy, sentence, sources, unheard, value } from "./sayings";

test("numbers are said as people say them", () => {
  expect(amount({ value: 600e6, unit: "1/day" })).toBe("600 million a day");
  expect(amount({ value: 2.4e6, unit: "B/s" })).toBe("2.4 MB a second");
  expect(amount({ value: 8.76, unit: "h/year" })).toBe("8.76 h a year");
  expect(amount({ value: 3472.2, unit: "1/s" })).toBe("3,470 a second");
  expect(amount({ value: 100e3, unit: "1/s" })).toBe("100,000 a second");
  expect(amount({ value: 4.2e8, unit: "B" })).toBe("420 MB");
  expect(amount({ value: 0.00655, unit: "1" })).toBe("1 in 153");
  expect(amount({ value: 23.148, unit: "1/s" })).toBe("23.1 a second");
  expect(amount({ value: 99.9, unit: "percent" })).toBe("99.9%");
  expect(amount({ value: 120, unit: "1/h" })).toBe("120 an hour");
});

test("a sum that is off says which way", () => {
  expect(offBy(10)).toBe("10 times too much");
  expect(offBy(0.25)).toBe("4 times too little");
});

test("a point is cut after its head", () => {
  expect(headed("Interface design: Puts limits into the contract.")).toEqual({
    head: "Interface design",
    rest: "Puts limits into the contract.",
  });
  expect(headed("No colon here")).toEqual({ head: "No colon here", rest: "" });
});

test("what a coach changed is said in words", () => {
  expect([value(3), value("not_met"), value(null)]).toEqual(["3", "not met", "not assessed"]);
});

test("a reason becomes a sentence", () => {
  expect(sentence("it was not asked")).toBe("It was not asked.");
  expect(sentence("Done.")).toBe("Done.");
  expect(sentence("")).toBe("");
});

test("where a flag comes from is told as a place in the notes", () => {
  expect(sources(["002#4 trap"])).toBe("note 002 (trap)");
  expect(sources(["002#what kills answers", "004#step-1 clarify", "a talk"])).toBe(
    "note 002 (what kills answers), note 004 (step 1 clarify) and a talk",
  );
});

test("what was not heard is said to the candidate, and on old cards in the rubric's words", () => {
  expect(unheard({ you: "name the price of your own choice", text: "" })).toBe("I did not hear you name the price of your own choice.");
  expect(unheard({ you: "", text: "Names the price of their own choice." })).toBe("Not heard: Names the price of their own choice.");
});

test("an interview that ended early is said to have lasted as long as it did", () => {
  const held = { mode: "practice", level: "senior", started_at: "2026-11-21T12:00:00Z", minutes: 45, pace: "typed", attempt: 2 };
  const session = (lasted: number | null) => ({ ...held, retry_of: null, lasted }) as SessionShown;
  expect(heldOn(session(5.2))).toBe("practice for senior, 21 Nov 2026, 5 minutes at a typed pace, attempt 2");
  expect(heldOn(session(0.2))).toContain("under a minute at a typed pace");
});
