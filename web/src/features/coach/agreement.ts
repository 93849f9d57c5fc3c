// The agreement between coaches and the scorer in words and as a table for a file.
import type { Body } from "~/wire/types";

import type { Cell } from "./csv";

export type Row = Body<"AgreementRow">;

/** Below this many pairs the figures are shown with a word of caution. */
export const FEW = 30;

/** From this many pairs on a kappa is shown: of fewer, its large-sample interval pretends to know. */
export const FEWEST = 10;

/** "0.62 (0.31 to 0.93)"; what cannot be said is said so. */
export function kappa(row: Row): string {
  if (row.n < FEWEST) return "too few to say";
  if (row.kappa === null || !hasKappa(row)) return "cannot be said: one side never varied";
  const value = two(row.kappa);
  return row.low === null || row.high === null ? `${value}, interval unknown` : `${value} (${two(row.low)} to ${two(row.high)})`;
}

/** Whether a kappa says anything: from enough pairs, and unless one side gave the same level throughout. */
export function hasKappa(row: Row): boolean {
  const scorer = row.grid.filter((counts) => counts.some((count) => count > 0)).length;
  const coach = [0, 1, 2, 3].filter((level) => row.grid.some((counts) => (counts[level] ?? 0) > 0)).length;
  return row.kappa !== null && row.n >= FEWEST && scorer > 1 && coach > 1;
}

/** "57% (4 of 7)". */
export function share(part: number | null, n: number): string {
  return part === null ? "–" : `${Math.round(part * 100)}% (${Math.round(part * n)} of ${n})`;
}

/** "+0.40": coaches give more than the scorer. */
export function bias(value: number | null): string {
  if (value === null) return "–";
  return two(value) === "0.00" || two(value) === "−0.00" ? "0.00" : value > 0 ? `+${two(value)}` : two(value);
}

/** What the bias means. */
export function biasWords(value: number | null): string {
  if (value === null) return "Too few pairs to say.";
  if (Math.abs(value) < 0.05) return "Coaches and the scorer give the same on average.";
  return `Coaches give ${Math.abs(value).toFixed(2)} ${value > 0 ? "more" : "less"} than the scorer on average.`;
}

/** One's own severity beside everybody's: "you give 0.30 less than the scorer". */
export function mineWords({ mine }: Body<"Agreement">): string {
  if (mine.bias === null) return "too few to say.";
  if (Math.abs(mine.bias) < 0.05) return "you and the scorer give the same on average.";
  return `you give ${Math.abs(mine.bias).toFixed(2)} ${mine.bias > 0 ? "more" : "less"} than the scorer on average.`;
}

/** All rows there are, the pooled one first. One's own are a row of their own where other coaches gave levels too. */
export function rowsOf({ pooled, mine, criteria }: Body<"Agreement">): Row[] {
  return mine.n > 0 && mine.n < pooled.n ? [pooled, mine, ...criteria] : [pooled, ...criteria];
}

/** The mean difference with a 95% interval, from the counts of the grid; null where fewer than three pairs or no spread. */
export function biasInterval(row: Row): { low: number; high: number } | null {
  if (row.n < 3 || row.bias === null) return null;
  let squares = 0;
  row.grid.forEach((counts, scorer) =>
    counts.forEach((count, coach) => {
      squares += count * (coach - scorer - (row.bias ?? 0)) ** 2;
    }),
  );
  if (squares === 0) return null;
  const half = quantile(row.n - 1) * Math.sqrt(squares / (row.n - 1) / row.n);
  return { low: row.bias - half, high: row.bias + half };
}

/** Student's 97.5% point, near enough for drawing (Cornish-Fisher; within 1% from 3 degrees on, exact for 2). */
function quantile(freedom: number): number {
  if (freedom === 2) return 4.303;
  const z = 1.959964;
  return (
    z +
    (z ** 3 + z) / (4 * freedom) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3)
  );
}

const GRID = [1, 2, 3, 4].flatMap((scorer) => [1, 2, 3, 4].map((coach) => `scorer ${scorer} coach ${coach}`));

/** Rows for a file: one a criterion, the pooled one first, with all counts. */
export function table(agreement: Body<"Agreement">): Cell[][] {
  const head = ["criterion", "name", "n", "kappa", "low", "high", "exact", "within one", "bias", ...GRID, "rubric"];
  const rubric = agreement.rubric_versions.join(" ");
  const lines = rowsOf(agreement).map((row) => [
    row.criterion,
    row.name,
    row.n,
    row.kappa,
    row.low,
    row.high,
    row.exact,
    row.within_one,
    row.bias,
    ...row.grid.flat(),
    rubric,
  ]);
  return [head, ...lines];
}

function two(value: number): string {
  return value.toFixed(2).replace("-", "−");
}
