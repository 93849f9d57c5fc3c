// A card beside one's own levels, row by row, and what an act of a coach's has changed in it.
import type { Body, Scorecard } from "~/wire/types";

import { type Level, level, mean, recommendation } from "./words";

export type Criterion = Body<"CriterionResult">;
export type Quoted = Body<"Quoted">;

export type Row = {
  id: string;
  name: string;
  /** Undefined where one gave none. */
  own: Level | undefined;
  issued: Level;
  now: Level;
  /** One's own less the scorer's; null where there is nothing to compare. */
  apart: number | null;
  criterion: Criterion;
};

/** The criteria of the card, in its order. What has no weight for this kind of problem is left out. */
export function rowsOf(card: Scorecard, issued: Scorecard, own: Record<string, Level>): Row[] {
  const before = new Map(issued.criteria.map((one) => [one.id, one.level]));
  return card.criteria
    .filter((one) => one.weight > 0)
    .map((criterion) => {
      const mine = own[criterion.id];
      const theirs = before.get(criterion.id) ?? null;
      return {
        id: criterion.id,
        name: criterion.name,
        own: mine,
        issued: theirs,
        now: criterion.level,
        apart: typeof mine === "number" && theirs !== null ? mine - theirs : null,
        criterion,
      };
    });
}

/** How near one's own levels came to the scorer's: "same on 5 of 9, one apart on 3". */
export function nearness(rows: readonly Row[]): string {
  const both = rows.filter((row) => row.apart !== null);
  if (both.length === 0) return "No criterion was levelled by both.";
  const same = both.filter((row) => row.apart === 0).length;
  const one = both.filter((row) => Math.abs(row.apart ?? 0) === 1).length;
  const more = both.length - same - one;
  const said = [`the same on ${same} of ${both.length}`];
  if (one > 0) said.push(`one apart on ${one}`);
  if (more > 0) said.push(`further apart on ${more}`);
  return `You and the scorer: ${said.join(", ")}.`;
}

/** What differs between the card before an act and after it, one sentence a line. */
export function moved(before: Scorecard, after: Scorecard): string[] {
  const were = new Map(before.criteria.map((one) => [one.id, one]));
  const lines = after.criteria
    .filter((one) => were.get(one.id)?.level !== one.level)
    .map((one) => `${one.name}: ${level(were.get(one.id)?.level)} → ${level(one.level)}`);
  if (mean(before.overall) !== mean(after.overall)) lines.push(`Overall: ${mean(before.overall)} → ${mean(after.overall)}`);
  if (before.recommendation !== after.recommendation) {
    lines.push(`Recommendation: ${recommendation(before.recommendation)} → ${recommendation(after.recommendation)}`);
  }
  return lines;
}

/** The card's quotes by the turn they were said in. */
export function quotesByTurn(card: Scorecard | null): Map<number, Quoted[]> {
  const found = new Map<number, Quoted[]>();
  for (const row of card?.evidence ?? []) {
    if (row.polarity !== "absent") found.set(row.turn, [...(found.get(row.turn) ?? []), row]);
  }
  return found;
}

/** The ids of the items of some criteria; null where none is named, which means all of the card. */
export function subjectsOf(card: Scorecard | null, criteria: ReadonlySet<string>): ReadonlySet<string> | null {
  if (!card || criteria.size === 0) return null;
  return new Set(card.criteria.filter((one) => criteria.has(one.id)).flatMap((one) => one.items.map((item) => item.id)));
}

/** By the id of an item or flag: what it is called on this card. */
export function subjects(card: Scorecard): Map<string, string> {
  const names = new Map<string, string>();
  for (const criterion of card.criteria) for (const item of criterion.items) names.set(item.id, item.text);
  for (const flag of card.flags) names.set(flag.id, flag.name);
  return names;
}
