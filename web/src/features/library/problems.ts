// Which problems are shown, and in what words: pure, so that it can be tested without a page.
import type { Body } from "~/wire/types";

export type Problem = Body<"ScenarioShown">;
export type Kind = Problem["kind"];
export type Wanted = { words: string; kind: Kind | "all"; untriedOnly: boolean };

export const KINDS: Record<Kind, string> = { d: "Distributed systems", p: "Product design", h: "Both sides" };

/** The problems that fit, in the shelf's order. Every word asked for must occur in the title, the id or the kind. */
export function found(problems: readonly Problem[], wanted: Wanted): Problem[] {
  const words = wanted.words.toLowerCase().split(/\s+/).filter(Boolean);
  return problems.filter((problem) => {
    const text = `${problem.title} ${problem.id} ${KINDS[problem.kind]}`.toLowerCase();
    return (
      words.every((word) => text.includes(word)) &&
      (wanted.kind === "all" || problem.kind === wanted.kind) &&
      !(wanted.untriedOnly && problem.attempts > 0)
    );
  });
}

/** How one's own attempts went, in a few words. */
export function tried(problem: Problem): string {
  if (problem.attempts === 0) return "Not tried yet";
  const times = problem.attempts === 1 ? "Tried once" : `Tried ${problem.attempts} times`;
  return problem.best === null ? times : `${times}, best ${problem.best.toFixed(1)} of 4`;
}

/** How long an interview runs at a pace: typing takes half as long again as speaking. Both in minutes. */
export function lasts(minutes: number, pace: "spoken" | "typed"): number {
  return Math.round(pace === "typed" ? minutes * 1.5 : minutes);
}

/** "45 min", and how long that is for those who type: "45 min, 68 typed". */
export function howLong(minutes: number, pace: "spoken" | "typed"): string {
  return pace === "typed" ? `${minutes} min, ${lasts(minutes, pace)} typed` : `${minutes} min`;
}

type Likes = Pick<Body<"Preferences">, "level" | "mode" | "pace">;

/** How an interview begins that is started in one click: "senior level, practice, typed". */
export function usual(likes: Likes): string {
  return `${likes.level} level, ${likes.mode}, ${likes.pace}`;
}

/** The phases of a plan with whole minutes, scaled to the length that was chosen. */
export function phasesOf(plan: Body<"PlanShown">, minutes: number): { name: string; minutes: number }[] {
  const whole = plan.phases.reduce((sum, phase) => sum + phase.minutes, 0);
  return plan.phases.map((phase) => ({
    name: phase.name,
    minutes: Math.max(1, Math.round((phase.minutes * minutes) / whole)),
  }));
}
