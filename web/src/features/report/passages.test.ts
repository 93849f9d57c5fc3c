import { expect, test } from "vitest";

import { fragmentOf, passageOf, runsOf, unitsAt } from "./passages";

const marked = (text: string, passages: { start: number; end: number }[]) =>
  runsOf(text, passages).map((run) => [run.text, run.covers.join(",")]);

test("words are marked exactly where they stand", () => {
  expect(marked("about 4k reads a second", [{ start: 6, end: 14 }])).toEqual([
    ["about ", ""],
    ["4k reads", "0"],
    [" a second", ""],
  ]);
});

test("signs outside the basic plane count once, as they do on the server", () => {
  const text = "🙂🙂 a ticket 🎫 costs 5";
  expect(unitsAt(text, 2)).toBe(4);
  expect(marked(text, [{ start: 3, end: 13 }]).find(([, covers]) => covers === "0")).toEqual(["a ticket 🎫", "0"]);
});

test("passages that overlap are both there where they overlap", () => {
  expect(
    marked("one two three", [
      { start: 0, end: 7 },
      { start: 4, end: 13 },
    ]),
  ).toEqual([
    ["one ", "0"],
    ["two", "0,1"],
    [" three", "1"],
  ]);
});

test("one passage inside another, and the same one twice", () => {
  expect(
    marked("one two three", [
      { start: 0, end: 13 },
      { start: 4, end: 7 },
      { start: 4, end: 7 },
    ]),
  ).toEqual([
    ["one ", "0"],
    ["two", "0,1,2"],
    [" three", "0"],
  ]);
});

test("offsets beyond the text lose no word of it", () => {
  const runs = runsOf("short", [{ start: 2, end: 99 }, { start: 9, end: 4 }]);
  expect(runs.map((run) => run.text).join("")).toBe("short");
  expect(runs.at(-1)).toEqual({ text: "ort", covers: [0] });
});

test("a turn without marks is one run", () => {
  expect(runsOf("as it is", [])).toEqual([{ text: "as it is", covers: [] }]);
});

test("an address leads to its passage and back", () => {
  expect(passageOf("#turn-6-12-57")).toEqual({ turn: 6, start: 12, end: 57 });
  expect(fragmentOf({ turn: 6, start: 12, end: 57 })).toBe("turn-6-12-57");
  expect(passageOf(fragmentOf({ turn: 6, start: 0, end: 0 }))).toEqual({ turn: 6, start: 0, end: 0 });
  expect(passageOf("levels")).toBeNull();
});
