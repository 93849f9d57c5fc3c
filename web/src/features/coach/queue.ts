// The queue as a list to work through: what is to be done with an interview, filters, order, and how many there are.
import type { SessionShown } from "~/wire/types";

/** What a coach has still to do with an interview. */
export type Stand = "review" | "reviewed" | "dismissed" | "pending" | "running";

export type Wanted = {
  stand: "all" | "review" | "second" | "reviewed" | "contested" | "dismissed" | "running";
  candidate: string;
  scenario: string;
  level: string;
  mode: string;
  pace: string;
  order: "newest" | "oldest" | "candidate" | "problem" | "contested";
};

export const ALL: Wanted = { stand: "all", candidate: "", scenario: "", level: "", mode: "", pace: "", order: "newest" };

/** An interview that runs or whose card is not ready cannot be reviewed yet. */
export function standOf(session: SessionShown): Stand {
  if (session.dismissed) return "dismissed";
  if (session.scorecard === "ready") return session.reviewed ? "reviewed" : "review";
  return session.state === "ended" ? "pending" : "running";
}

export function isIn(session: SessionShown, wanted: Wanted["stand"]): boolean {
  const stand = standOf(session);
  switch (wanted) {
    case "all":
      return true;
    case "contested":
      return session.contested > 0 && stand !== "dismissed";
    case "second":
      return stand === "reviewed" && !session.looked_at;
    case "running":
      return stand === "running" || stand === "pending";
    default:
      return stand === wanted;
  }
}

/** The interviews that are wanted, in the order wanted. */
export function queued(sessions: readonly SessionShown[], wanted: Wanted): SessionShown[] {
  return sessions
    .filter((one) => isIn(one, wanted.stand) && fits(one, wanted))
    .sort((a, b) => compare(a, b, wanted.order) || newest(a, b));
}

/** How many there are of each stand, with all the other filters on. */
export function counts(sessions: readonly SessionShown[], wanted: Wanted): Record<Wanted["stand"], number> {
  const fitting = sessions.filter((one) => fits(one, wanted));
  const count = (stand: Wanted["stand"]) => fitting.filter((one) => isIn(one, stand)).length;
  return {
    all: fitting.length,
    review: count("review"),
    second: count("second"),
    reviewed: count("reviewed"),
    contested: count("contested"),
    dismissed: count("dismissed"),
    running: count("running"),
  };
}

export type Named = { value: string; label: string };
export type Choices = { candidates: Named[]; problems: Named[] };

/** Who and what there is to filter by, each once, by name. */
export function choices(sessions: readonly SessionShown[]): Choices {
  return {
    candidates: distinct(sessions.map((one) => ({ value: one.candidate_id, label: one.candidate }))),
    problems: distinct(sessions.map((one) => ({ value: one.scenario, label: one.title }))),
  };
}

function distinct(named: readonly Named[]): Named[] {
  return [...new Map(named.map((one) => [one.value, one])).values()].sort((a, b) => a.label.localeCompare(b.label));
}

function fits(session: SessionShown, wanted: Wanted): boolean {
  return (
    (!wanted.candidate || session.candidate_id === wanted.candidate) &&
    (!wanted.scenario || session.scenario === wanted.scenario) &&
    (!wanted.level || session.level === wanted.level) &&
    (!wanted.mode || session.mode === wanted.mode) &&
    (!wanted.pace || session.pace === wanted.pace)
  );
}

function compare(a: SessionShown, b: SessionShown, order: Wanted["order"]): number {
  switch (order) {
    case "newest":
      return newest(a, b);
    case "oldest":
      return newest(b, a);
    case "candidate":
      return a.candidate.localeCompare(b.candidate);
    case "problem":
      return a.title.localeCompare(b.title);
    case "contested":
      return b.contested - a.contested;
  }
}

function newest(a: SessionShown, b: SessionShown): number {
  return Date.parse(b.started_at) - Date.parse(a.started_at);
}

const KEPT = "coach-queue";
let remembered: Wanted = recalled();
let opened = "";

function recalled(): Wanted {
  const fresh: Wanted = { ...ALL, stand: "review" };
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}") as Partial<Wanted>;
    return { ...fresh, ...Object.fromEntries(Object.entries(kept).filter(([key, value]) => key in fresh && typeof value === "string")) };
  } catch {
    return fresh;
  }
}

/** What the coach last wanted to see, kept as long as the tab: the review page walks along the same list. */
export function lastWanted(): Wanted {
  return remembered;
}

export function remember(wanted: Wanted): void {
  remembered = wanted;
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(wanted));
  } catch {
    // Then it is kept until the page is left.
  }
}

/** The interview that was opened last, where one goes on from in the list. */
export function lastOpened(): string {
  return opened;
}

export function rememberOpened(id: string): void {
  opened = id;
}

/** The interviews before and after one in the queue as it was last filtered; only those that can be reviewed. */
export function neighbours(
  sessions: readonly SessionShown[],
  id: string,
): { before: SessionShown | null; after: SessionShown | null; place: number; of: number } {
  const list = queued(sessions, remembered).filter((one) => one.scorecard === "ready" || one.id === id);
  const place = list.findIndex((one) => one.id === id);
  // One that was just reviewed has left the list of what is to be reviewed: the next is then the first that is left.
  if (place === -1) return { before: null, after: list[0] ?? null, place: 0, of: list.length };
  return { before: list[place - 1] ?? null, after: list[place + 1] ?? null, place: place + 1, of: list.length };
}
