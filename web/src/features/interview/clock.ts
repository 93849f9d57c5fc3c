// What the clock shows. The server's state says when time is up; between a message and its answer the clock stands,
// since our thinking is not the candidate's time.
import type { SessionState, TurnShown } from "~/wire/types";

const NOTICES = [15, 5, 1] as const;

/** Milliseconds left at `serverNow`; never below nought. */
export function leftMs(state: SessionState, turns: readonly TurnShown[], serverNow: number): number {
  const now = state.running ? (standsSince(turns) ?? serverNow) : Date.parse(state.now);
  return Math.max(0, Date.parse(state.ends_at) - now);
}

/** The moment from which the clock stands because an answer is owed, null while it runs. */
export function standsSince(turns: readonly TurnShown[]): number | null {
  const last = turns.findLast((turn) => turn.state === "done");
  if (!last || last.role !== "candidate") return null;
  const failed = turns.at(-1)?.state === "failed";
  return failed ? null : Date.parse(last.at);
}

/** "32 minutes left", for those who hear the clock. */
export function spoken(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return `${Math.ceil(ms / 1000)} seconds left`;
  return minutes === 1 ? "1 minute left" : `${minutes} minutes left`;
}

/** What is said once when the time left passes 15, 5 and 1 minute; null when nothing was passed. */
export function notice(before: number | null, after: number): string | null {
  if (before === null) return null;
  const passed = NOTICES.filter((minutes) => before > minutes * 60_000 && after <= minutes * 60_000).at(-1);
  if (passed === undefined) return null;
  return passed === 1 ? "One minute left." : `${passed === 15 ? "Fifteen" : "Five"} minutes left.`;
}

export interface PhaseChip {
  id: string;
  name: string;
  standing: "done" | "passed over" | "current" | "to come";
}

/** The phases in order. Those in which nothing was said, since one went straight on, are not done but passed over. */
export function chips(state: SessionState, turns: readonly TurnShown[]): PhaseChip[] {
  const at = state.phases.findIndex((phase) => phase.id === state.phase);
  const visited = new Set(turns.map((turn) => turn.phase));
  return state.phases.map((phase, index) => {
    const past = state.state === "ended" || index < at;
    const standing = past ? (visited.has(phase.id) ? "done" : "passed over") : index === at ? "current" : "to come";
    return { id: phase.id, name: phase.name, standing };
  });
}
