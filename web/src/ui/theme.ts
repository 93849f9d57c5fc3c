// Light, dark, or as the system has it. public/boot.js sets the same attribute before the first paint.
import { useSyncExternalStore } from "react";

export type Theme = "system" | "light" | "dark";

const KEY = "theme";
const listeners = new Set<() => void>();
// Holds where the storage is closed to us; boot.js then asks the system at the next visit.
let held: Theme = "system";

function chosen(): Theme {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === "light" || kept === "dark" ? kept : "system";
  } catch {
    return held;
  }
}

function shown(): "light" | "dark" {
  const theme = chosen();
  if (theme !== "system") return theme;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function show(): void {
  document.documentElement.dataset.theme = shown();
  for (const listener of listeners) listener();
}

function choose(theme: Theme): void {
  held = theme;
  try {
    if (theme === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // See `held`.
  }
  show();
}

function subscribe(listener: () => void): () => void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  listeners.add(listener);
  system.addEventListener("change", show);
  addEventListener("storage", show);
  return () => {
    listeners.delete(listener);
    system.removeEventListener("change", show);
    removeEventListener("storage", show);
  };
}

/** The theme chosen, the one that is shown, and the way to choose another. */
export function useTheme(): { chosen: Theme; shown: "light" | "dark"; choose: (theme: Theme) => void } {
  return { chosen: useSyncExternalStore(subscribe, chosen), shown: useSyncExternalStore(subscribe, shown), choose };
}
