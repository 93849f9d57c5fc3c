// The whiteboard. This is the only file that knows Excalidraw; it is large and loaded by itself.
import {
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
import { type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef } from "react";

import type { Scene } from "./boardSaver";
import { toMermaid } from "./boardText";
import type { PartLook } from "./parts";

export interface BoardHandle {
  /** Shows another scene in place of this one. */
  show: (scene: Scene) => Promise<void>;
  /** Adds a labelled part where one is looking, and selects it. */
  add: (part: PartLook) => void;
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
const SIZE = { width: 170, height: 74 };
const FROM_TEXT = { fromText: true };

export default function Board({ initial, theme, readOnly, onDrawn, onGone, ref }: Props) {
  const api = useRef<Api | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  // Every pointer move is reported; only a change of the versions is a change of the board.
  const version = useRef(-1);
  useNamedMenu(frame);

  const gone = useRef(onGone);
  useLayoutEffect(() => {
    gone.current = onGone;
  });
  useLayoutEffect(() => () => gone.current(sceneOf(api.current?.getSceneElements() ?? [])), []);

  useImperativeHandle(ref, () => ({
    async show(scene) {
      const elements = await elementsOf(scene);
      version.current = getSceneVersion(elements);
      api.current?.updateScene({ elements });
    },
    add(part) {
      if (api.current) addPart(api.current, part);
    },
    async draw(text) {
      const drawn = await fromText(text);
      const there = (api.current?.getSceneElements() ?? []).filter((one) => !one.customData?.fromText);
      api.current?.updateScene({ elements: [...there, ...moved(drawn, there)] });
      api.current?.scrollToContent(undefined, { fitToViewport: true, viewportZoomFactor: 0.8 });
    },
    picture: (kind) => picture(kind, api.current?.getSceneElements() ?? []),
    focus: () => frame.current?.querySelector<HTMLElement>(".excalidraw")?.focus(),
  }));

  return (
    <div ref={frame} className="room-board h-full w-full">
      <Excalidraw
        excalidrawAPI={(given) => {
          api.current = given;
        }}
        initialData={async (): Promise<ExcalidrawInitialDataState> => {
          const elements = await elementsOf(initial);
          version.current = getSceneVersion(elements);
          return { elements, scrollToContent: true, appState: { viewBackgroundColor: "transparent", currentItemRoughness: 0 } };
        }}
        onChange={(elements) => {
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
          <MainMenu.DefaultItems.Help />
        </MainMenu>
      </Excalidraw>
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
  const { elements } = await parseMermaidToExcalidraw(toMermaid(text), { themeVariables: { fontSize: "18px" } });
  // The two packages name one and the same skeleton by types of their own.
  const drawn = convertToExcalidrawElements(elements as Parameters<typeof convertToExcalidrawElements>[0]);
  return drawn.map((element) => ({ ...element, customData: FROM_TEXT }));
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
  const { x, y } = freePlace(api);
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
  if (box) api.updateScene({ elements: [...api.getSceneElements(), box, ...label] });
}

/** The first free place in reading order on the part of the board that is seen, clear of the tools; else below it. */
function freePlace(api: Api): { x: number; y: number } {
  const { width, scrollX, scrollY, zoom } = api.getAppState();
  const [left, top] = [60 / zoom.value - scrollX, 110 / zoom.value - scrollY];
  const [stepX, stepY] = [SIZE.width + 80, SIZE.height + 70];
  const across = Math.max(1, Math.floor((width / zoom.value - 60) / stepX));
  const there = api.getSceneElements();
  for (let place = 0; place < 200; place += 1) {
    const x = left + (place % across) * stepX;
    const y = top + Math.floor(place / across) * stepY;
    const taken = there.some(
      (one) => one.x < x + SIZE.width + 20 && one.x + one.width > x - 20 && one.y < y + SIZE.height + 20 && one.y + one.height > y - 20,
    );
    if (!taken) return { x, y };
  }
  return { x: left, y: top };
}

async function picture(kind: "png" | "svg", elements: Elements): Promise<Blob> {
  const alive = elements.filter((element) => !element.isDeleted);
  const appState = { exportBackground: true, viewBackgroundColor: "#ffffff", exportWithDarkMode: false };
  if (kind === "png") return exportToBlob({ elements: alive, appState, files: null, mimeType: "image/png", exportPadding: 24 });
  const svg = await exportToSvg({ elements: alive, appState, files: null, skipInliningFonts: true, exportPadding: 24 });
  return new Blob([svg.outerHTML], { type: "image/svg+xml" });
}

/** The board's own menu button comes without a name. */
function useNamedMenu(frame: { current: HTMLElement | null }): void {
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const name = () => {
      element.querySelector(".main-menu-trigger:not([aria-label])")?.setAttribute("aria-label", "Board menu");
    };
    const watched = new MutationObserver(name);
    watched.observe(element, { childList: true, subtree: true });
    name();
    return () => watched.disconnect();
  }, [frame]);
}
