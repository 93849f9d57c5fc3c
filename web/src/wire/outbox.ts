// Messages that the server has not yet said it holds. They are kept in the tab's own storage, so that a reload while the
// line is down loses nothing; each keeps the id it was minted with for every retry (P7, P10, P11).
import type { Shelf } from "./shelf";
import type { NackCode } from "./types";

export type Unsent = {
  cmid: string;
  body: string;
  board_rev: number | null;
  /** When it was said, in milliseconds. */
  at: number;
  /** "kept" means the server holds it, and its event is on the way. */
  state: "waiting" | "sending" | "kept" | "failed";
  /** Why it failed. */
  code: NackCode | null;
};

/** The messages left over from before a reload; all of them wait, since nobody knows how far they came (P12). */
export function restore(shelf: Shelf, session: string): Unsent[] {
  try {
    const kept: unknown = JSON.parse(shelf.getItem(key(session)) ?? "[]");
    if (!Array.isArray(kept)) return [];
    return kept.filter(isUnsent).map((one) => (one.state === "failed" ? one : { ...one, state: "waiting" }));
  } catch {
    return [];
  }
}

/** Keep what is not yet held by the server. */
export function persist(shelf: Shelf, session: string, unsent: readonly Unsent[]): void {
  const needed = unsent.filter((one) => one.state !== "kept");
  try {
    if (needed.length > 0) shelf.setItem(key(session), JSON.stringify(needed));
    else shelf.removeItem(key(session));
  } catch {
    // A full or closed storage costs only the safety of a reload; the message is still in memory and on its way.
  }
}

/** Which waiting messages may go now, in order, when at most `window` may be without an answer. */
export function due(unsent: readonly Unsent[], window: number): Unsent[] {
  const onTheWay = unsent.filter((one) => one.state === "sending").length;
  return unsent.filter((one) => one.state === "waiting").slice(0, Math.max(0, window - onTheWay));
}

/** The list with one message changed. */
export function mark(unsent: readonly Unsent[], cmid: string, change: Partial<Unsent>): Unsent[] {
  return unsent.map((one) => (one.cmid === cmid ? { ...one, ...change } : one));
}

function key(session: string): string {
  return `outbox:${session}`;
}

function isUnsent(value: unknown): value is Unsent {
  if (typeof value !== "object" || value === null) return false;
  const one = value as Partial<Unsent>;
  return typeof one.cmid === "string" && typeof one.body === "string" && typeof one.at === "number";
}
