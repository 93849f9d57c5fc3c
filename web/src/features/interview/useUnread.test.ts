import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { createStore } from "zustand/vanilla";

import { EMPTY_ROOM } from "~/wire/fold";

import { aTurn } from "./testing";
import type { Live } from "./useLive";
import { useUnread } from "./useUnread";

test("what is said while the conversation is hidden is unread until it is shown", () => {
  const store = createStore(() => ({ room: { ...EMPTY_ROOM, turns: [aTurn()] } }));
  const says = (role: "candidate" | "interviewer") =>
    act(() => store.setState(({ room }) => ({ room: { ...room, turns: [...room.turns, aTurn({ role })] } })));
  const { result, rerender } = renderHook(({ hidden }) => useUnread({ store } as unknown as Live, hidden), {
    initialProps: { hidden: false },
  });
  says("interviewer");
  rerender({ hidden: true });
  expect(result.current).toBe(false);
  says("candidate");
  expect(result.current).toBe(false);
  says("interviewer");
  expect(result.current).toBe(true);
  rerender({ hidden: false });
  rerender({ hidden: true });
  expect(result.current).toBe(false);
});
