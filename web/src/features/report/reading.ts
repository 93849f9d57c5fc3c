// What every part of a card needs to know of the whole: the rows that lines rest on, the turns they point into, what is
// contested, and what the reader may do.
import { createContext, useContext } from "react";

import type { Body, Scorecard, TurnShown } from "~/wire/types";

import type { Passage } from "./passages";

export type Quoted = Body<"Quoted">;
export type Absent = Body<"Absent">;

export type Reading = {
  card: Scorecard;
  /** The card as the scorer gave it, before any coach. */
  issued: Scorecard;
  rows: ReadonlyMap<string, Quoted | Absent>;
  turns: readonly TurnShown[];
  /** Whether the reader is the one who was interviewed. */
  own: boolean;
  contests: readonly Body<"ContestShown">[];
  /** What a coach answered to contested lines. */
  answers: readonly Body<"CommentShown">[];
  jump: (to: Passage) => void;
  /** Contests a line; null where that cannot be done. */
  onContest: ((line: string, reason: string) => Promise<unknown>) | null;
  /** Takes a moment up again in a new short interview; null where that cannot be done. */
  onRetry: ((turn: number) => void) | null;
  /** The turn whose retry is being opened. */
  retrying: number | null;
};

export const ReadingContext = createContext<Reading | null>(null);

export function useReading(): Reading {
  const reading = useContext(ReadingContext);
  if (!reading) throw new Error("A part of a card stands outside of one.");
  return reading;
}

export function rowsOf(card: Scorecard): Map<string, Quoted | Absent> {
  return new Map(card.evidence.map((row) => [row.id, row]));
}

export const isQuoted = (row: Quoted | Absent): row is Quoted => row.polarity !== "absent";

/** The quotes among these rows, each passage once, in the order given. */
export function quotesOf(ids: readonly string[], rows: Reading["rows"]): Quoted[] {
  const seen = new Set<string>();
  return ids.flatMap((id) => {
    const row = rows.get(id);
    if (!row || !isQuoted(row)) return [];
    const place = `${row.turn}:${row.start}:${row.end}`;
    if (seen.has(place)) return [];
    seen.add(place);
    return [row];
  });
}

/** The searches among these rows that found nothing. */
export function searchesOf(ids: readonly string[], rows: Reading["rows"]): Absent[] {
  return ids.flatMap((id) => {
    const row = rows.get(id);
    return row && !isQuoted(row) ? [row] : [];
  });
}

/** Where words stand in a turn, by code points; the whole turn where they are not found. */
export function placeOf(turns: readonly TurnShown[], turn: number, words: string): Passage {
  const text = turns.find((one) => one.n === turn)?.text ?? "";
  const at = words ? text.indexOf(words) : -1;
  if (at < 0) return { turn, start: 0, end: 0 };
  const start = [...text.slice(0, at)].length;
  return { turn, start, end: start + [...words].length };
}

/** The candidate's turn at which something could have been said: where the words stand, or the answer to the question
 * that asked for it. Null where there is none. */
export function momentOf(ids: readonly string[], { rows, turns }: Pick<Reading, "rows" | "turns">): number | null {
  const said = quotesOf(ids, rows)[0];
  if (said) return said.turn;
  for (const search of searchesOf(ids, rows)) {
    const asked = search.opportunity.asked_in[0];
    const near = search.nearest_misses[0]?.turn;
    const after = asked ?? near;
    if (after === undefined) continue;
    const answer = turns.find((one) => one.role === "candidate" && one.n !== null && one.n >= after);
    if (answer) return answer.n;
  }
  return null;
}
