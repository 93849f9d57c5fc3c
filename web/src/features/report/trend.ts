// Scored interviews as lines over time: one line a criterion, with a gap where it was not assessed.
import type { Body } from "~/wire/types";

type History = Body<"History">;

/** One attempt's level of one criterion; null where it was not assessed. `at` counts attempts from 0, oldest first. */
export type Dot = { at: number; level: number | null };

export type Line = {
  id: string;
  name: string;
  dots: Dot[];
  /** Dots that follow on each other without a gap, each run a line of its own. */
  runs: { at: number; level: number }[][];
  assessed: number;
  /** In words, for those who do not see the line. */
  told: string;
};

/** Criteria that were assessed at least once, in the rubric's order. */
export function linesOf({ criteria, items }: Pick<History, "criteria" | "items">): Line[] {
  return criteria.flatMap(({ id, name }) => {
    const dots = items.map((item, at) => ({ at, level: item.levels[id] ?? null }));
    const assessed = dots.filter((dot) => dot.level !== null).length;
    return assessed === 0 ? [] : [{ id, name, dots, runs: runsOf(dots), assessed, told: toldOf(dots) }];
  });
}

function runsOf(dots: readonly Dot[]): Line["runs"] {
  const runs: Line["runs"] = [];
  let run: { at: number; level: number }[] = [];
  for (const { at, level } of dots) {
    if (level === null) {
      if (run.length > 0) runs.push(run);
      run = [];
    } else run.push({ at, level });
  }
  if (run.length > 0) runs.push(run);
  return runs;
}

function toldOf(dots: readonly Dot[]): string {
  return dots.map(({ level }) => (level === null ? "not assessed" : String(level))).join(", ");
}

/** How much of what was met came without being asked for, attempt by attempt; null where nothing was met. */
export function unprompted(items: History["items"]): { at: number; share: number | null; met: number; of: number }[] {
  return items.map((item, at) => ({
    at,
    share: item.met === 0 ? null : item.unprompted / item.met,
    met: item.unprompted,
    of: item.met,
  }));
}
