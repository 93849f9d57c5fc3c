import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { nextLength, useSmoothed } from "./smooth";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a step shows whole words and always moves on", () => {
  const text = "What happens at peak?";
  expect(text.slice(0, nextLength(text, 0, 50))).toBe("What");
  expect(nextLength(text, text.length, 50)).toBe(text.length);
});

test("the further behind, the longer the step", () => {
  const long = "word ".repeat(400);
  expect(nextLength(long, 0, 50)).toBeGreaterThan(nextLength("word ".repeat(10), 0, 50));
});

test("a growing answer comes word by word and arrives", () => {
  const { result, rerender } = renderHook(({ text, growing }) => useSmoothed(text, growing), {
    initialProps: { text: "", growing: true },
  });
  rerender({ text: "So the write itself says no.", growing: true });
  act(() => void vi.advanceTimersByTime(60));
  expect(result.current.length).toBeGreaterThan(0);
  expect(result.current.length).toBeLessThan(28);
  act(() => void vi.advanceTimersByTime(3000));
  expect(result.current).toBe("So the write itself says no.");
});

test("what stood at first sight is shown at once", () => {
  const { result } = renderHook(() => useSmoothed("All of it.", true));
  expect(result.current).toBe("All of it.");
  expect(renderHook(() => useSmoothed("Finished.", false)).result.current).toBe("Finished.");
});

test("an answer begun anew loses what had been shown", () => {
  const { result, rerender } = renderHook(({ text }) => useSmoothed(text, true), { initialProps: { text: "A long first try." } });
  rerender({ text: "" });
  expect(result.current).toBe("");
});
