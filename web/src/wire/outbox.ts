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
  /** "readying" means its board is being saved first; "kept" that the server holds it, and its event is on the way. */
  state: "readying" | "waiting" | "sending" | "kept" | "failed";
  /** Why it failed. */
  code: NackCode | null;
};

// The largest frame that the server takes (P20). A control sign takes six bytes in it, so a short text may be too long.
const MOST_FRAME_BYTES = 64 * 1024;
const ROOM_FOR_A_BOARD = 40;

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

/** Which waiting messages may go now, in order, when at most `window` may be without an answer. None overtakes another. */
export function due(unsent: readonly Unsent[], window: number): Unsent[] {
  const onTheWay = unsent.filter((one) => one.state === "sending").length;
  const notReady = unsent.findIndex((one) => one.state === "readying");
  const ready = notReady < 0 ? unsent : unsent.slice(0, notReady);
  return ready.filter((one) => one.state === "waiting").slice(0, Math.max(0, window - onTheWay));
}

/** The frame that carries a message. */
export function frameOf({ cmid, body, board_rev }: Pick<Unsent, "cmid" | "body" | "board_rev">): object {
  return { t: "msg", cmid, body, ...(board_rev === null ? {} : { board_rev }) };
}

/** Whether the server would refuse a message of this length. `most` is the longest body, in bytes. */
export function tooLong(said: Pick<Unsent, "cmid" | "body" | "board_rev">, most: number): boolean {
  return bytes(said.body) > most || bytes(JSON.stringify(frameOf(said))) > MOST_FRAME_BYTES - ROOM_FOR_A_BOARD;
}

/** The message on its way that takes the most room in its frame. */
export function largestSending(unsent: readonly Unsent[]): Unsent | undefined {
  const room = (one: Unsent) => bytes(JSON.stringify(frameOf(one)));
  return unsent.filter((one) => one.state === "sending").toSorted((a, b) => room(b) - room(a))[0];
}

/** The list with one message changed. */
export function mark(unsent: readonly Unsent[], cmid: string, change: Partial<Unsent>): Unsent[] {
  return unsent.map((one) => (one.cmid === cmid ? { ...one, ...change } : one));
}

function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

function key(session: string): string {
  return `outbox:${session}`;
}

function isUnsent(value: unknown): value is Unsent {
  if (typeof value !== "object" || value === null) return false;
  const one = value as Partial<Unsent>;
  return typeof one.cmid === "string" && typeof one.body === "string" && typeof one.at === "number";
}
