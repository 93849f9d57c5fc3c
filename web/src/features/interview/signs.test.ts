import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { signOf } from "./signs";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("typing on and on sends a sign now and then, not one a letter", () => {
  const sent: boolean[] = [];
  const sign = signOf((on) => sent.push(on));
  for (let letter = 0; letter < 50; letter += 1) {
    sign.active();
    vi.advanceTimersByTime(100);
  }
  expect(sent).toEqual([true, true, true]);
});

test("a pause takes the sign back, once", () => {
  const sent: boolean[] = [];
  const sign = signOf((on) => sent.push(on));
  sign.active();
  vi.advanceTimersByTime(10_000);
  expect(sent).toEqual([true, false]);
});

test("what is sent is over at once, and typing anew is told at once", () => {
  const sent: boolean[] = [];
  const sign = signOf((on) => sent.push(on));
  sign.over();
  sign.active();
  sign.over();
  sign.active();
  expect(sent).toEqual([true, false, true]);
});
