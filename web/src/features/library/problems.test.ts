import { describe, expect, it } from "vitest";

import { found, howLong, lasts, phasesOf, type Problem, tried, usual } from "./problems";

function aProblem(change: Partial<Problem> = {}): Problem {
  return {
    id: "url-shortener",
    title: "URL shortener",
    kind: "d",
    plan: "d45",
    plans: ["d45"],
    minutes: 45,
    difficulty: "",
    attempts: 0,
    best: null,
    last_at: null,
    last_session: null,
    ...change,
  };
}

const shelf = [aProblem(), aProblem({ id: "ride-sharing", title: "Ride-sharing service", kind: "h", attempts: 2, best: 2.75 })];
const all = { words: "", kind: "all", untriedOnly: false } as const;

describe("finding a problem", () => {
  it("shows the whole shelf when nothing is asked for", () => {
    expect(found(shelf, all)).toHaveLength(2);
  });
  it("finds by any words of the title or the kind, in any order", () => {
    expect(found(shelf, { ...all, words: "service ride" }).map((one) => one.id)).toEqual(["ride-sharing"]);
    expect(found(shelf, { ...all, words: "distributed" }).map((one) => one.id)).toEqual(["url-shortener"]);
  });
  it("keeps to a kind, and to what was never tried", () => {
    expect(found(shelf, { ...all, kind: "h" })).toHaveLength(1);
    expect(found(shelf, { ...all, untriedOnly: true }).map((one) => one.id)).toEqual(["url-shortener"]);
  });
});

describe("words about a problem", () => {
  it("say how often it was tried and the best of it", () => {
    expect(shelf.map(tried)).toEqual(["Not tried yet", "Tried 2 times, best 2.8 of 4"]);
    expect(tried(aProblem({ attempts: 1 }))).toBe("Tried once");
  });
  it("give typing half as long again", () => {
    expect([lasts(45, "typed"), lasts(45, "spoken")]).toEqual([68, 45]);
    expect([howLong(45, "typed"), howLong(30, "spoken")]).toEqual(["45 min, 68 typed", "30 min"]);
  });
  it("say how a start in one click begins", () => {
    expect(usual({ level: "senior", mode: "mock", pace: "typed" })).toBe("senior level, mock, typed");
  });
  it("scale a plan to the length chosen, a minute at least for each phase", () => {
    const plan = { id: "p", name: "P", why: "", phases: [{ id: "a", name: "A", minutes: 44 }, { id: "b", name: "B", minutes: 1 }] };
    expect(phasesOf(plan, 15).map((phase) => phase.minutes)).toEqual([15, 1]);
  });
});
