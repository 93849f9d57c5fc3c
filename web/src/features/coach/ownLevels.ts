// The levels a coach can give, the keys for them, and the draft that outlives a reload.
import type { Body } from "~/wire/types";

export type Own = Body<"OwnLevels">["levels"];

export const LEVELS = [
  { value: "1", sign: "1", label: "Level 1" },
  { value: "2", sign: "2", label: "Level 2" },
  { value: "3", sign: "3", label: "Level 3" },
  { value: "4", sign: "4", label: "Level 4" },
  { value: "none", sign: "–", label: "Not assessed" },
] as const;

/** The level that a key stands for; undefined for any other key. */
export function levelOfKey(key: string): Own[string] | undefined {
  switch (key) {
    case "1":
      return 1;
    case "2":
      return 2;
    case "3":
      return 3;
    case "4":
      return 4;
    case "0":
    case "-":
      return null;
    default:
      return undefined;
  }
}

const DRAFT = "coach-levels:";

/** What was given before the page was left; only for criteria that are there. */
export function draftOf(session: string, criteria: readonly { id: string }[]): Own {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(DRAFT + session) ?? "{}");
    const own: Own = {};
    for (const { id } of criteria) {
      const value = (kept as Record<string, unknown>)[id];
      if (value === null || value === 1 || value === 2 || value === 3 || value === 4) own[id] = value;
    }
    return own;
  } catch {
    // A browser that keeps nothing, or keeps something else: one begins anew.
    return {};
  }
}

/** Keeps a draft on this machine; an empty one is forgotten. */
export function keepDraft(session: string, own: Own): void {
  try {
    if (Object.keys(own).length === 0) localStorage.removeItem(DRAFT + session);
    else localStorage.setItem(DRAFT + session, JSON.stringify(own));
  } catch {
    // Then the draft lives as long as the page.
  }
}
