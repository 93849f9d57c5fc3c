import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { aTurn } from "./testing";
import { TurnLine } from "./TurnLine";
import { STOOD_IN } from "./words";

const shown = (change: Parameters<typeof aTurn>[0]) => render(<TurnLine turn={aTurn(change)} hint={null} onSay={null} />);

test("an answer that the offline interviewer gave in a model's place says so", () => {
  shown({ by: "offline", stood_in: true });
  expect(screen.getByText(STOOD_IN)).toBeTruthy();
});

test("a sentence that is said by heart says nothing of a model", () => {
  shown({ by: "offline" });
  expect(screen.queryByText(STOOD_IN)).toBeNull();
});
