// A contested line is answered by words the candidate can read, or by a change of it, after it was contested.
import { expect, test } from "vitest";

import { answerTo, type Contest } from "./answers";

const CONTEST: Contest = { line: "cr.api", reason: "I said it.", by: "Cara", at: "2026-11-20T10:00:00Z" };
const said = (more: object = {}) => ({
  turn: null, line: "cr.api", text: "It stays.", by: "Ada", at: "2026-11-20T11:00:00Z", shared: true, ...more,
});
const act = (more: object = {}) => ({
  kind: "override" as const, target: "cr.api", was: "3", to: "2", quote: "", turn: null, by: "Ada", reason: "Too thin.",
  at: "2026-11-20T12:00:00Z", ...more,
});

test("a shared answer to that line answers it", () => {
  expect(answerTo(CONTEST, { comments: [said()], changes: [] })).toMatchObject({ words: "It stays.", by: "Ada" });
});

test("a private note, another line, or words from before answer nothing", () => {
  const comments = [said({ shared: false }), said({ line: "fairness" }), said({ line: null }), said({ at: "2026-11-19T10:00:00Z" })];
  expect(answerTo(CONTEST, { comments, changes: [] })).toBeNull();
});

test("a change of the line answers it with its reason, the latest word first", () => {
  expect(answerTo(CONTEST, { comments: [said()], changes: [act()] })?.words).toBe("Changed: Too thin.");
  expect(answerTo(CONTEST, { comments: [], changes: [act({ kind: "dismissed" })] })).toBeNull();
});

test("an item is the same with its criterion or without", () => {
  const contest = { ...CONTEST, line: "it.asks-scale" };
  expect(answerTo(contest, { comments: [], changes: [act({ target: "cr.requirements/it.asks-scale" })] })).not.toBeNull();
});
