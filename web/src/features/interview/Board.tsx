// The whiteboard. This is the only file that knows Excalidraw; it is large and loaded by itself.
import {
  CaptureUpdateAction,
  convertToExcalidrawElements,
  Excalidraw,
  exportToBlob,
  exportToSvg,
  getSceneVersion,
  MainMenu,
} from "@excalidraw/excalidraw";
import "@excalidraw/excalidraw/index.css";
import type { ExcalidrawElement } from "@excalidraw/excalidraw/element/types";
import type { ExcalidrawImperativeAPI, ExcalidrawInitialDataState } from "@excalidraw/excalidraw/types";
import { type Ref, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";

import { keepHelpAway, useMended } from "./boardMends";
import type { Scene } from "./boardSaver";
import { toMermaid } from "./boardText";
import type { PartLook } from "./parts";
import { freePlace, SIZE, toolsAround } from "./places";

export interface BoardHandle {
  /** Shows another scene in place of this one. */
  show: (scene: Scene) => Promise<void>;
  /** Adds a labelled part where one is looking, and selects it; `toBoard` moves the keyboard there, to name it. */
  add: (part: PartLook, toBoard: boolean) => void;
  /** Draws a text beside what is there, in place of what was drawn from text before. Throws where it cannot be read. */
  draw: (text: string) => Promise<void>;
  /** The board as a file. */
  picture: (kind: "png" | "svg") => Promise<Blob>;
  focus: () => void;
}

interface Props {
  initial: Scene;
  theme: "light" | "dark";
  readOnly: boolean;
  onDrawn: (scene: () => Scene) => void;
  /** The board goes from the page; what stood on it is to be shown when it comes back. */
  onGone: (scene: Scene) => void;
  ref?: Ref<BoardHandle>;
}

type Api = ExcalidrawImperativeAPI;
type Elements = readonly ExcalidrawElement[];

const OPTIONS = {
  canvasActions: { loadScene: false, saveToActiveFile: false, toggleTheme: false, export: false as const },
  tools: { image: false },
};
const APPEARANCE = { viewBackgroundColor: "transparent", currentItemRoughness: 0, currentItemFontSize: 18 };
const FROM_TEXT = { fromText: true };
// Arrows long enough for the words on them.
const SPACED = { flowchart: { curve: "linear" as const, nodeSpacing: 60, rankSpacing: 80 }, themeVariables: { fontSize: "18px" } };

export default function Board({ initial, theme, readOnly, onDrawn, onGone, ref }: Props) {
  const api = useRef<Api | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  // Every pointer move is reported; only a change of the versions is a change of the board.
  const version = useRef(-1);
  const [bare, setBare] = useState(false);
  useMended(frame);

  const focus = () => frame.current?.querySelector<HTMLElement>(".excalidraw")?.focus();

  const gone = useRef(onGone);
  useLayoutEffect(() => {
    gone.current = onGone;
  });
  useLayoutEffect(() => () => gone.current(sceneOf(api.current?.getSceneElements() ?? [])), []);

  useImperativeHandle(ref, () => ({
    async show(scene) {
      const elements = await elementsOf(scene);
      version.current = getSceneVersion(elements);
      // Another tab drew it; our own steps back must not take it away.
      const bareBefore = api.current?.getSceneElements().length === 0;
      api.current?.updateScene({ elements, captureUpdate: CaptureUpdateAction.NEVER });
      // Nobody has looked anywhere yet, and the drawing may lie under the tools.
      if (api.current && bareBefore && elements.length > 0) showAll(api.current);
    },
    add(part, toBoard) {
      if (!api.current) return;
      addPart(api.current, part);
      if (toBoard) focus();
    },
    async draw(text) {
      const drawn = await fromText(text);
      const there = (api.current?.getSceneElements() ?? []).filter((one) => !one.customData?.fromText);
      const elements = [...there, ...moved(drawn, there)];
      api.current?.updateScene({ elements, captureUpdate: CaptureUpdateAction.IMMEDIATELY });
      if (api.current) showAll(api.current);
    },
    picture: (kind) => picture(kind, api.current?.getSceneElements() ?? []),
    focus,
  }));

  return (
    <div ref={frame} className="room-board relative h-full w-full" onKeyDownCapture={keepHelpAway}>
      <Excalidraw
        excalidrawAPI={(given) => {
          api.current = given;
          fitOnce(given);
        }}
        initialData={async (): Promise<ExcalidrawInitialDataState> => {
          const elements = await elementsOf(initial);
          version.current = getSceneVersion(elements);
          return { elements, scrollToContent: true, appState: APPEARANCE };
        }}
        onChange={(elements, { isLoading }) => {
          setBare(!isLoading && elements.every((element) => element.isDeleted));
          const now = getSceneVersion(elements);
          if (now === version.current || version.current === -1) return;
          version.current = now;
          onDrawn(() => sceneOf(elements));
        }}
        theme={theme}
        viewModeEnabled={readOnly}
        aiEnabled={false}
        validateEmbeddable={false}
        langCode="en"
        UIOptions={OPTIONS}
        handleKeyboardGlobally={false}
      >
        <MainMenu>
          <MainMenu.DefaultItems.SearchMenu />
          <MainMenu.DefaultItems.ClearCanvas />
        </MainMenu>
      </Excalidraw>
      {bare && !readOnly && (
        <p className="pointer-events-none absolute inset-x-0 top-1/2 z-1 mx-auto max-w-80 -translate-y-1/2 px-6 text-center text-sm text-faint">
          Draw if it helps you. Place a part from the row above, or draw a box. Arrows that touch their boxes are read best.
        </p>
      )}
    </div>
  );
}

function sceneOf(elements: Elements): Scene {
  const alive = elements.filter((element) => !element.isDeleted);
  return { type: "excalidraw", version: 2, source: "interviewer", elements: alive, appState: {}, files: {} };
}

async function elementsOf(scene: Scene): Promise<ExcalidrawElement[]> {
  if (typeof scene["text"] === "string") {
    return fromText(scene["text"]).catch(() => asNote(String(scene["text"])));
  }
  return Array.isArray(scene["elements"]) ? (scene["elements"] as ExcalidrawElement[]) : [];
}

async function fromText(text: string): Promise<ExcalidrawElement[]> {
  const { parseMermaidToExcalidraw } = await import("@excalidraw/mermaid-to-excalidraw");
  const { elements } = await parseMermaidToExcalidraw(toMermaid(text), SPACED);
  // The two packages name one and the same skeleton by types of their own.
  const drawn = convertToExcalidrawElements(elements as Parameters<typeof convertToExcalidrawElements>[0]);
  return drawn.map((element) => ({ ...element, roughness: 0, customData: FROM_TEXT }));
}

function asNote(text: string): ExcalidrawElement[] {
  return convertToExcalidrawElements([{ type: "text", text, x: 0, y: 0 }]);
}

/** The drawing set below what is there. */
function moved(drawn: ExcalidrawElement[], there: Elements): ExcalidrawElement[] {
  if (there.length === 0 || drawn.length === 0) return drawn;
  const left = Math.min(...there.map((one) => one.x)) - Math.min(...drawn.map((one) => one.x));
  const down = Math.max(...there.map((one) => one.y + one.height)) + 80 - Math.min(...drawn.map((one) => one.y));
  return drawn.map((one) => ({ ...one, x: one.x + left, y: one.y + down }));
}

function addPart(api: Api, part: PartLook): void {
  const { width, height, scrollX, scrollY, zoom } = api.getAppState();
  const { x, y } = freePlace({ width, scrollX, scrollY, zoom: zoom.value }, api.getSceneElements());
  const [box, ...label] = convertToExcalidrawElements([
    {
      type: part.type,
      x,
      y,
      ...SIZE,
      roughness: 0,
      backgroundColor: part.background,
      fillStyle: "solid",
      strokeStyle: part.dashed ? "dashed" : "solid",
      label: { text: part.label, fontSize: 18 },
    },
  ]);
  if (!box) return;
  api.setActiveTool({ type: "selection" });
  api.updateScene({
    elements: [...api.getSceneElements(), box, ...label],
    appState: { selectedElementIds: { [box.id]: true } },
    captureUpdate: CaptureUpdateAction.IMMEDIATELY,
  });
  if ((box.y + box.height + scrollY) * zoom.value > height - toolsAround(width).bottom) showAll(api);
}

async function picture(kind: "png" | "svg", elements: Elements): Promise<Blob> {
  const alive = elements.filter((element) => !element.isDeleted);
  const appState = { exportBackground: true, viewBackgroundColor: "#ffffff", exportWithDarkMode: false };
  if (kind === "png") return exportToBlob({ elements: alive, appState, files: null, mimeType: "image/png", exportPadding: 24 });
  const svg = await exportToSvg({ elements: alive, appState, files: null, skipInliningFonts: true, exportPadding: 24 });
  return new Blob([svg.outerHTML], { type: "image/svg+xml" });
}

/** Makes the whole drawing seen, smaller where it must be; beside the panel of styles where there is room for both. */
function showAll(api: Api): void {
  const { width } = api.getAppState();
  const there = api.getSceneElements();
  const tools = toolsAround(width);
  const across = Math.max(...there.map((one) => one.x + one.width)) - Math.min(...there.map((one) => one.x));
  const left = across <= width - tools.left - tools.right ? tools.left : tools.right;
  api.scrollToContent(undefined, { fitToContent: true, canvasOffsets: { ...tools, left } });
}

/** Once the drawing stands: a drawing wider than the board is made smaller, so that no part of it is missed. */
function fitOnce(api: Api): void {
  const stop = api.onChange((elements, { isLoading }) => {
    if (isLoading) return;
    stop();
    if (elements.length > 0) showAll(api);
  });
}
