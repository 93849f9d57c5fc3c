import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createStore } from "zustand/vanilla";

import { EMPTY_ROOM } from "~/wire/fold";

import { aTurn } from "./testing";
import { useHold } from "./useHold";
import type { Live } from "./useLive";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function held() {
  const signs: boolean[] = [];
  const store = createStore(() => ({ room: EMPTY_ROOM }));
  const live = { store, sign: (_kind: string, on: boolean) => signs.push(on) } as unknown as Live;
  const { result } = renderHook(() => useHold(live));
  const says = (role: "candidate" | "interviewer") =>
    act(() => store.setState(({ room }) => ({ room: { ...room, turns: [...room.turns, aTurn({ role })] } })));
  return { signs, result, says };
}

test("the floor is held again with each message that is sent meanwhile", () => {
  const { signs, result, says } = held();
  act(() => result.current[1](true));
  says("candidate");
  says("interviewer");
  says("candidate");
  expect(signs).toEqual([true, true, true]);
  act(() => result.current[1](false));
  says("candidate");
  expect(signs).toEqual([true, true, true, false]);
});

test("it is let go after a minute by itself", () => {
  const { signs, result } = held();
  act(() => result.current[1](true));
  act(() => void vi.advanceTimersByTime(61_000));
  expect(result.current[0]).toBe(false);
  expect(signs).toEqual([true, false]);
});
