// Agreement in words: what cannot be said is not said, and a file does nothing by itself.
import { expect, test } from "vitest";

import { bias, biasInterval, biasWords, hasKappa, kappa, mineWords, type Row, rowsOf, share, table } from "./agreement";
import { csvOf } from "./csv";

function row(grid: number[][], more: Partial<Row> = {}): Row {
  const n = grid.flat().reduce((sum, count) => sum + count, 0);
  return { criterion: "cr.api", name: "Interface design", n, kappa: 0.62, low: 0.31, high: 0.93, exact: 0.5, within_one: 1, bias: 0.25, grid: grid as Row["grid"], ...more };
}

const VARIED = [
  [3, 0, 0, 0],
  [1, 3, 1, 0],
  [0, 1, 3, 0],
  [0, 0, 0, 0],
];
const ONE_SIDE = [
  [0, 0, 0, 0],
  [4, 4, 4, 0],
  [0, 0, 0, 0],
  [0, 0, 0, 0],
];

test("a kappa stands with its interval", () => {
  expect(kappa(row(VARIED))).toBe("0.62 (0.31 to 0.93)");
});

test("of a handful of pairs no kappa is told, whatever it would be", () => {
  const few = row([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]]);
  expect([kappa(few), hasKappa(few)]).toEqual(["too few to say", false]);
});

test("where one side never varied there is no kappa", () => {
  expect(kappa(row(ONE_SIDE, { kappa: 0, low: 0, high: 0 }))).toBe("cannot be said: one side never varied");
});

test("shares say their counts, and bias its sign", () => {
  expect(share(4 / 7, 7)).toBe("57% (4 of 7)");
  expect([bias(0.4), bias(-0.4), bias(-0.001), bias(null)]).toEqual(["+0.40", "−0.40", "0.00", "–"]);
  expect(biasWords(-0.27)).toBe("Coaches give 0.27 less than the scorer on average.");
});

test("an interval of the bias needs three pairs and some spread", () => {
  expect(biasInterval(row([[1, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]))).toBeNull();
  expect(biasInterval(row([[5, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]], { bias: 0 }))).toBeNull();
  const span = biasInterval(row(VARIED, { bias: 0 }));
  expect(span && span.low < 0 && span.high > 0).toBe(true);
});

const PAGE = { sessions: 3, blind_sessions: 2, pooled: row(VARIED, { criterion: "all", name: "All criteria" }), mine: row(ONE_SIDE), criteria: [row(VARIED)], rubric_versions: ["sha256:1"] };

test("one's own row stands apart only where others gave levels too", () => {
  expect(rowsOf({ ...PAGE, mine: row([[2, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]) })).toHaveLength(3);
  expect(rowsOf({ ...PAGE, mine: PAGE.pooled })).toHaveLength(2);
  expect(mineWords(PAGE)).toBe("you give 0.25 more than the scorer on average.");
});

test("a file runs nothing in a spreadsheet, and numbers stay numbers", () => {
  const named = { ...PAGE, criteria: [row(VARIED, { name: '=HYPERLINK("x"), "y"', bias: -0.5 })] };
  const lines = csvOf(table(named)).split("\r\n");
  expect(lines.at(-2)).toContain(`"'=HYPERLINK(""x""), ""y"""`);
  expect(lines.at(-2)).toContain(",-0.5,");
});
