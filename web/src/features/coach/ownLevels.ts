// The levels a coach can give, and the keys for them.
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
