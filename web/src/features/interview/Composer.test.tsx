import { createEvent, fireEvent, render, screen } from "@testing-library/react";
import { useRef } from "react";
import { beforeEach, expect, test, vi } from "vitest";

import { Composer } from "./Composer";
import { useDraft } from "./drafts";
import type { Live } from "./useLive";

const said = vi.fn<(body: string) => void>();
const sign = vi.fn<(kind: string, on: boolean) => void>();
const live = { sign } as unknown as Live;

let touch = false;

beforeEach(() => {
  touch = false;
  const media = () => ({ matches: touch, addEventListener: () => undefined, removeEventListener: () => undefined });
  vi.stubGlobal("matchMedia", media);
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      disconnect() {}
    },
  );
  sessionStorage.clear();
  said.mockClear();
  sign.mockClear();
});

function Desk({ paused = false }: { paused?: boolean }) {
  const box = useRef<HTMLTextAreaElement>(null);
  const [draft, setDraft] = useDraft("s1");
  const nothing = () => undefined;
  return (
    <Composer
      live={live}
      box={box}
      draft={draft}
      onDraft={setDraft}
      practice={false}
      hintsLeft={0}
      asked={false}
      paused={paused}
      speaking={false}
      holding={false}
      longestBytes={1000}
      onHold={nothing}
      onSay={said}
      onStop={nothing}
      onHint={nothing}
      onNext={nothing}
      onResume={nothing}
    />
  );
}

const box = () => screen.getByLabelText<HTMLTextAreaElement>("Your message");
const write = (value: string) => fireEvent.change(box(), { target: { value } });

test("Enter sends the words without their edges and empties the box", () => {
  render(<Desk />);
  write("  four thousand reads a second \n");
  fireEvent.keyDown(box(), { key: "Enter" });
  expect(said).toHaveBeenCalledWith("four thousand reads a second");
  expect(box().value).toBe("");
});

test("Shift and Enter begin a new line", () => {
  render(<Desk />);
  write("one");
  fireEvent.keyDown(box(), { key: "Enter", shiftKey: true });
  expect(said).not.toHaveBeenCalled();
});

test("Enter that ends a composed word does not send", () => {
  render(<Desk />);
  write("にほん");
  const composing = createEvent.keyDown(box(), { key: "Enter" });
  Object.defineProperty(composing, "isComposing", { value: true });
  fireEvent(box(), composing);
  fireEvent.keyDown(box(), { key: "Enter", keyCode: 229 });
  expect(said).not.toHaveBeenCalled();
});

test("nothing but blanks is not sent, and nothing is sent while paused", () => {
  const { unmount } = render(<Desk />);
  write("   ");
  fireEvent.keyDown(box(), { key: "Enter" });
  unmount();
  render(<Desk paused />);
  write("words");
  fireEvent.keyDown(box(), { key: "Enter" });
  expect(said).not.toHaveBeenCalled();
  expect(box().value).toBe("words");
});

test("a draft outlives the page and is gone once it is sent", () => {
  const { unmount } = render(<Desk />);
  write("half a thought");
  unmount();
  render(<Desk />);
  expect(box().value).toBe("half a thought");
  fireEvent.keyDown(box(), { key: "Enter" });
  expect(sessionStorage.length).toBe(0);
});

test("typing is told, and is over when the words are sent", () => {
  render(<Desk />);
  write("w");
  expect(sign).toHaveBeenLastCalledWith("typing", true);
  fireEvent.keyDown(box(), { key: "Enter" });
  expect(sign).toHaveBeenLastCalledWith("typing", false);
});

test("a message that is too long is told of before it is sent, and stays", () => {
  render(<Desk />);
  write("a".repeat(1100));
  expect(screen.getByRole("status").textContent).toBe("Too long by about 100 letters. Send it in two.");
  fireEvent.keyDown(box(), { key: "Enter" });
  expect(said).not.toHaveBeenCalled();
  expect(box().value).toHaveLength(1100);
});

test("on a phone Enter begins a new line, and the button sends", () => {
  touch = true;
  render(<Desk />);
  write("one");
  fireEvent.keyDown(box(), { key: "Enter" });
  expect(said).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole("button", { name: "Send" }));
  expect(said).toHaveBeenCalledWith("one");
});
