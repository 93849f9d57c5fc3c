import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import type { Unsent } from "~/wire/outbox";
import type { SessionState } from "~/wire/types";

import { UnsentLine } from "./UnsentLine";

function shown(state: SessionState["state"], change: Partial<Unsent> = {}): { words: string | null; ways: (string | null)[] } {
  const unsent: Unsent = { cmid: "c", body: "A cache", board_rev: null, at: 0, state: "failed", code: "closed", ...change };
  render(<UnsentLine unsent={unsent} state={state} onRetry={() => undefined} onEdit={() => undefined} />);
  return {
    words: screen.getByRole("status").textContent,
    ways: screen.queryAllByRole("button").map((button) => button.textContent),
  };
}

test("a message refused while the clock is stopped says so, and can be sent again or changed", () => {
  const { words, ways } = shown("paused");
  expect(words).toBe("Not sent: the clock is stopped. Resume, then try again.");
  expect(ways).toEqual(["Retry", "Edit"]);
});

test("once the clock runs again it can still be sent", () => {
  const { words, ways } = shown("open");
  expect(words).toBe("Not sent: the clock was stopped.");
  expect(ways).toEqual(["Retry", "Edit"]);
});

test("a message refused since the interview is over can only be read", () => {
  const { words, ways } = shown("ended");
  expect(words).toBe("Not sent: the interview is over.");
  expect(ways).toEqual([]);
});

test("a message that is too long can be changed, and not sent as it is", () => {
  expect(shown("open", { code: "too_long" }).ways).toEqual(["Edit"]);
});
