// The queue: what a coach has still to do, in which order, and who has seen what.
import { beforeEach, expect, test } from "vitest";

import type { SessionShown } from "~/wire/types";

import { ALL, choices, counts, isIn, neighbours, queued, remember, standOf, type Wanted } from "./queue";

function session(id: string, more: Partial<SessionShown> = {}): SessionShown {
  return {
    id, scenario: "url-shortener", title: "URL shortener", kind: "h", level: "senior", mode: "practice", pace: "typed",
    plan: "standard", minutes: 45, attempt: 1, state: "ended", why: "time", phase: null, scorecard: "ready",
    started_at: `2026-11-0${id.length}T10:00:00Z`, last_at: "2026-11-09T10:00:00Z", lasted: null, left_s: null, candidate: "Cara",
    candidate_id: "c", overall: null, recommendation: null, retry_of: null, reviewed: false, looked_at: false, contested: 0,
    dismissed: false, ...more,
  };
}

const NEW = session("a");
const MINE = session("bb", { reviewed: true, looked_at: true, contested: 2, candidate: "Bo", candidate_id: "b" });
const THEIRS = session("ccc", { reviewed: true, mode: "mock" });
const GONE = session("dddd", { dismissed: true, contested: 1 });
const RUNNING = session("eeeee", { state: "open", scorecard: "none" });
const PENDING = session("ffffff", { scorecard: "pending" });
const EVERY = [NEW, MINE, THEIRS, GONE, RUNNING, PENDING];
const want = (more: Partial<Wanted> = {}): Wanted => ({ ...ALL, ...more });

beforeEach(() => remember(want()));

test("every interview stands somewhere", () => {
  expect(EVERY.map(standOf)).toEqual(["review", "reviewed", "reviewed", "dismissed", "running", "pending"]);
});

test("what only others have reviewed can be asked for", () => {
  expect(EVERY.filter((one) => isIn(one, "second"))).toEqual([THEIRS]);
});

test("a dismissed interview waits with nobody, contested or not", () => {
  expect(EVERY.filter((one) => isIn(one, "contested"))).toEqual([MINE]);
});

test("counts follow the other filters", () => {
  expect(counts(EVERY, want()).all).toBe(6);
  expect(counts(EVERY, want({ mode: "mock" }))).toMatchObject({ all: 1, reviewed: 1, review: 0 });
});

test("the newest comes first unless another order is wanted", () => {
  expect(queued(EVERY, want()).map((one) => one.id)[0]).toBe("ffffff");
  expect(queued(EVERY, want({ order: "oldest" })).map((one) => one.id)[0]).toBe("a");
  expect(queued(EVERY, want({ order: "candidate" }))[0]).toBe(MINE);
  expect(queued(EVERY, want({ order: "contested" }))[0]).toBe(MINE);
});

test("everybody is offered once to filter by", () => {
  expect(choices(EVERY).candidates).toEqual([
    { value: "b", label: "Bo" },
    { value: "c", label: "Cara" },
  ]);
});

test("one goes through the list as it was filtered, past what has no card", () => {
  const { before, after, place, of } = neighbours(EVERY, MINE.id);
  expect([before?.id, after?.id, place, of]).toEqual(["ccc", "a", 3, 4]);
});

test("after a review the first that is left comes next", () => {
  remember(want({ stand: "review" }));
  expect(neighbours(EVERY, MINE.id)).toMatchObject({ before: null, after: NEW, place: 0 });
});
