import { act, render } from "@testing-library/react";
import { createRef } from "react";
import { beforeEach, expect, test, vi } from "vitest";

import Board, { type BoardHandle } from "./Board";

const shown = vi.hoisted(() => ({ elements: [] as readonly object[], scrolled: 0 }));

// The drawing program is not what is tried here, and does not run without a real screen.
vi.mock("@excalidraw/excalidraw", () => {
  const api = {
    getSceneElements: () => shown.elements,
    getAppState: () => ({ width: 800, height: 600 }),
    updateScene: ({ elements }: { elements: readonly object[] }) => (shown.elements = elements),
    scrollToContent: () => (shown.scrolled += 1),
    onChange: () => () => undefined,
  };
  const Excalidraw = ({ excalidrawAPI }: { excalidrawAPI: (given: typeof api) => void }) => {
    excalidrawAPI(api);
    return null;
  };
  const nothing = () => null;
  const MainMenu = Object.assign(nothing, { DefaultItems: { SearchMenu: nothing, ClearCanvas: nothing } });
  return { Excalidraw, MainMenu, CaptureUpdateAction: {}, getSceneVersion: () => 1 };
});
vi.mock("@excalidraw/excalidraw/index.css", () => ({}));
vi.mock("./boardMends", () => ({ keepHelpAway: () => undefined, useMended: () => undefined }));

const box = (id: string) => ({ id, x: 0, y: 0, width: 144, height: 60 });
const scene = (...ids: string[]) => ({ type: "excalidraw", elements: ids.map(box) });

beforeEach(() => {
  shown.elements = [];
  shown.scrolled = 0;
});

async function arrives(...ids: string[]) {
  const handle = createRef<BoardHandle>();
  const nothing = () => undefined;
  render(<Board ref={handle} initial={scene()} theme="light" readOnly={false} onDrawn={nothing} onGone={nothing} />);
  await act(async () => handle.current?.show(scene(...ids)));
}

test("a drawing that comes from elsewhere onto an empty board is brought into view", async () => {
  await arrives("a", "b");
  expect(shown.elements).toHaveLength(2);
  expect(shown.scrolled).toBe(1);
});

test("one that comes onto a drawing leaves the view where it is, since somebody looks at it", async () => {
  shown.elements = [box("a")];
  await arrives("a", "b");
  expect(shown.scrolled).toBe(0);
});

test("a board that was wiped elsewhere moves nothing", async () => {
  await arrives();
  expect(shown.scrolled).toBe(0);
});
