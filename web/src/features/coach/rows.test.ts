// A card beside one's own levels, and what an act has moved on it.
import { expect, test } from "vitest";

import type { Scorecard } from "~/wire/types";

import { moved, nearness, quotesByTurn, rowsOf, subjectsOf } from "./rows";

const criterion = (id: string, level: number | null, weight = 1) => ({ id, name: id.slice(3), level, weight, items: [{ id: `it.${id}`, text: id }] });
const card = (levels: [string, number | null][], more: object = {}) =>
  ({ criteria: levels.map(([id, level]) => criterion(id, level)), flags: [], evidence: [], overall: 2.5, recommendation: "lean-hire", ...more }) as unknown as Scorecard;

const ISSUED = card([["cr.api", 3], ["cr.data", 2], ["cr.ops", null]]);

test("a row holds one's own level, the scorer's and the one that holds now", () => {
  const now = card([["cr.api", 3], ["cr.data", 4], ["cr.ops", null]]);
  expect(rowsOf(now, ISSUED, { "cr.api": 2, "cr.ops": 1 }).map(({ own, issued, now: holds, apart }) => [own, issued, holds, apart])).toEqual([
    [2, 3, 3, -1],
    [undefined, 2, 4, null],
    [1, null, null, null],
  ]);
});

test("what has no weight for this kind of problem is left out", () => {
  const light = { ...ISSUED, criteria: [criterion("cr.api", 3, 0)] } as unknown as Scorecard;
  expect(rowsOf(light, light, {})).toEqual([]);
});

test("nearness counts what both levelled", () => {
  expect(nearness(rowsOf(ISSUED, ISSUED, { "cr.api": 3, "cr.data": 4 }))).toBe("You and the scorer: the same on 1 of 2, further apart on 1.");
  expect(nearness([])).toBe("No criterion was levelled by both.");
});

test("what an act moved is said from old to new", () => {
  const after = card([["cr.api", 2], ["cr.data", 2], ["cr.ops", 1]], { overall: 2.1, recommendation: "lean-no-hire" });
  expect(moved(ISSUED, after)).toEqual([
    "api: 3 → 2",
    "ops: not assessed → 1",
    "Overall: 2.50 → 2.10",
    "Recommendation: lean hire → lean no hire",
  ]);
  expect(moved(ISSUED, ISSUED)).toEqual([]);
});

test("quotes are found by turn, and searches that found nothing are none", () => {
  const evidence = [
    { id: "ev_1", polarity: "supports", turn: 4 },
    { id: "ev_2", polarity: "absent" },
    { id: "ev_3", polarity: "against", turn: 4 },
  ];
  const quotes = quotesByTurn({ ...ISSUED, evidence } as unknown as Scorecard);
  expect(quotes.get(4)?.map((row) => row.id)).toEqual(["ev_1", "ev_3"]);
  expect(quotesByTurn(null).size).toBe(0);
});

test("with no criterion unfolded everything is marked", () => {
  expect(subjectsOf(ISSUED, new Set())).toBeNull();
  expect(subjectsOf(ISSUED, new Set(["cr.api"]))).toEqual(new Set(["it.cr.api"]));
});
