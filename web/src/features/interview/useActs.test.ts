import { renderHook } from "@testing-library/react";
import { expect, test } from "vitest";

import { useActs } from "./useActs";
import type { RoomBoard } from "./useBoard";
import type { Live } from "./useLive";

test("what is said is handed over at once, and does not wait for the board", () => {
  const said: string[] = [];
  const live = {
    session: "s1",
    store: { getState: () => ({ link: { kind: "connected" } }) },
    say: (body: string) => said.push(body),
  } as unknown as Live;
  const board = { flush: () => new Promise<number>(() => undefined) } as unknown as RoomBoard;
  const { result } = renderHook(() => useActs(live, board));
  result.current.say("One");
  result.current.say("Two");
  expect(said).toEqual(["One", "Two"]);
});
