// Levels by keys, and a draft that outlives a reload.
import { afterEach, expect, test, vi } from "vitest";

import { draftOf, keepDraft, levelOfKey } from "./ownLevels";

const CRITERIA = [{ id: "cr.api" }, { id: "cr.data" }];

afterEach(() => {
  vi.restoreAllMocks();
  localStorage.clear();
});

test("four keys give a level, two say that it was not assessed", () => {
  expect(["1", "4", "0", "-", "5", "x"].map(levelOfKey)).toEqual([1, 4, null, null, undefined, undefined]);
});

test("what was given is there again after a reload, for that interview only", () => {
  keepDraft("s1", { "cr.api": 3, "cr.data": null });
  expect(draftOf("s1", CRITERIA)).toEqual({ "cr.api": 3, "cr.data": null });
  expect(draftOf("s2", CRITERIA)).toEqual({});
});

test("a draft holds nothing that is no level or no criterion", () => {
  localStorage.setItem("coach-levels:s1", '{"cr.api": 7, "cr.data": 2, "cr.gone": 1}');
  expect(draftOf("s1", CRITERIA)).toEqual({ "cr.data": 2 });
  localStorage.setItem("coach-levels:s1", "not json");
  expect(draftOf("s1", CRITERIA)).toEqual({});
});

test("an empty draft is forgotten, and a browser that keeps nothing is no harm", () => {
  keepDraft("s1", { "cr.api": 3 });
  keepDraft("s1", {});
  expect(localStorage.length).toBe(0);
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  expect(() => keepDraft("s1", { "cr.api": 3 })).not.toThrow();
});
