import { fireEvent, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { listenToKeys, useKeys } from "./keys";

const next = vi.fn();
let stop = () => {};

beforeEach(() => {
  next.mockClear();
  stop = listenToKeys();
});

afterEach(() => stop());

function pressedIn(markup: string): boolean {
  renderHook(() => useKeys([{ keys: "j", does: "Next turn", act: next }]));
  document.body.innerHTML = markup;
  fireEvent.keyDown(document.body.querySelector("[data-here]") ?? document.body, { key: "j" });
  return next.mock.calls.length > 0;
}

test.each(["radio", "checkbox"])("a single key works while a %s has the focus, which takes no letters", (type) => {
  expect(pressedIn(`<label><input type="${type}" data-here> Level 3</label>`)).toBe(true);
});

test.each([
  '<input type="text" data-here>',
  "<input data-here>",
  "<textarea data-here></textarea>",
  "<select data-here></select>",
  '<div class="excalidraw"><button data-here></button></div>',
])("a single key belongs to whoever writes: %s", (markup) => {
  expect(pressedIn(markup)).toBe(false);
});
