// Keyboard shortcuts. A page says what its keys do while it is on the screen; the `?` sheet lists exactly those.
import { useEffect, useRef, useSyncExternalStore } from "react";

export type Shortcut = {
  /** "mod+k" (Ctrl, or Cmd on a Mac), "Escape", "F6", "/", "j", "mod+Enter". */
  keys: string;
  /** What it does, as the sheet says it: "Send the message". */
  does: string;
  /** Without one the line is only listed, for keys that a control sees to itself. */
  act?: (event: KeyboardEvent) => void;
};

let registered: readonly Shortcut[] = [];
let singleKeys = true;
const listeners = new Set<() => void>();

function change(next: readonly Shortcut[]): void {
  registered = next;
  for (const listener of listeners) listener();
}

/** Single keys can be turned off, since people who speak to their computer press them without meaning to (WCAG 2.1.4). */
export function allowSingleKeys(allowed: boolean): void {
  singleKeys = allowed;
}

/** Registers shortcuts while the component is mounted. */
export function useKeys(shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  const names = shortcuts.map((shortcut) => `${shortcut.keys}\n${shortcut.does}`).join("\n\n");
  useEffect(() => {
    // The list names the keys once; what they do is read from the latest render.
    const mine = latest.current.map(({ keys, does, act }, index) =>
      act ? { keys, does, act: (event: KeyboardEvent) => latest.current[index]?.act?.(event) } : { keys, does },
    );
    change([...registered, ...mine]);
    return () => change(registered.filter((shortcut) => !mine.includes(shortcut)));
  }, [names]);
}

/** All shortcuts that hold now. */
export function useShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => registered,
  );
}

/** Starts listening on the page; gives the way to stop. Called once, by the app. */
export function listenToKeys(): () => void {
  const hear = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    // The latest comer wins: a sheet's Escape before the page's.
    const found = registered.findLast((shortcut) => shortcut.act && matches(shortcut.keys, event));
    if (!found?.act) return;
    event.preventDefault();
    found.act(event);
  };
  addEventListener("keydown", hear);
  return () => removeEventListener("keydown", hear);
}

function matches(keys: string, event: KeyboardEvent): boolean {
  const parts = keys.split("+");
  const key = keys === "+" ? "+" : (parts.at(-1) ?? "");
  const mod = parts.includes("mod");
  if (mod !== (event.ctrlKey || event.metaKey) || event.altKey !== parts.includes("alt")) return false;
  if (event.key.toLowerCase() !== key.toLowerCase()) return false;
  const single = key.length === 1 && !mod;
  return !single || (singleKeys && !inText(event.target) && !document.querySelector(SHEET));
}

// The board calls parts of its panel dialogs; they cover nothing.
const SHEET = '[role="dialog"]:not(.room-board *)';

// Radios and switches take no letters.
const TEXT = 'input:not([type="radio"]):not([type="checkbox"]), textarea, select, .excalidraw';

function inText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest(TEXT) !== null;
}

/** Keys as they stand on the keyboard in front of this person: "Ctrl K", "⌘ K". */
export function keyNames(keys: string): string[] {
  const mac = /Mac|iPhone|iPad/.test(navigator.userAgent);
  return keys === "+" ? ["+"] : keys.split("+").map((key) => NAMES(mac)[key] ?? (key.length === 1 ? key.toUpperCase() : key));
}

const NAMES = (mac: boolean): Record<string, string> => ({
  mod: mac ? "⌘" : "Ctrl",
  alt: mac ? "⌥" : "Alt",
  Escape: "Esc",
  ArrowUp: "↑",
  ArrowDown: "↓",
});
