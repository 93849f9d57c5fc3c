import { act, fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";

import { useFollow } from "~/ui/useFollow";

let grow: () => void = () => undefined;

beforeEach(() => {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      constructor(callback: () => void) {
        grow = callback;
      }
      observe() {}
      disconnect() {}
    },
  );
});

function Pane() {
  const { paneRef, contentRef, following, jump } = useFollow();
  return (
    <div>
      <div ref={paneRef} data-testid="pane">
        <div ref={contentRef} />
      </div>
      <output>{following ? "following" : "reading"}</output>
      <button onClick={jump}>end</button>
    </div>
  );
}

function opened(height = 1000) {
  render(<Pane />);
  const pane = screen.getByTestId("pane");
  let full = height;
  Object.defineProperty(pane, "clientHeight", { value: 400 });
  Object.defineProperty(pane, "scrollHeight", { get: () => full });
  const to = (px: number) => {
    full = px;
    act(() => grow());
  };
  to(height);
  return { pane, to };
}

test("what is added is kept in view", () => {
  const { pane, to } = opened();
  to(1500);
  expect(pane.scrollTop).toBe(1500);
});

test("scrolling up by hand stops the following, and nothing moves under the reader", () => {
  const { pane, to } = opened();
  fireEvent.wheel(pane, { deltaY: -300 });
  pane.scrollTop = 200;
  fireEvent.scroll(pane);
  to(2000);
  expect(pane.scrollTop).toBe(200);
  expect(screen.getByText("reading")).toBeDefined();
});

test("the browser's own clamping is not taken for scrolling up", () => {
  const { pane, to } = opened();
  pane.scrollTop = 300;
  fireEvent.scroll(pane);
  to(1600);
  expect(pane.scrollTop).toBe(1600);
});

test("coming back to the end, or asking for it, follows again", () => {
  const { pane, to } = opened();
  fireEvent.wheel(pane, { deltaY: -300 });
  pane.scrollTop = 100;
  fireEvent.scroll(pane);
  fireEvent.click(screen.getByText("end"));
  expect(screen.getByText("following")).toBeDefined();
  to(1800);
  expect(pane.scrollTop).toBe(1800);
});
