// Places in a text: what the browser counts against what the server counts.
import { expect, test } from "vitest";

import { pieces, pointAt, spanOfPoints, spanOfUnits, unitAt, unitInText } from "./points";

const TEXT = "a 🙂 b 🚀🚀 end";

test("an emoji is one place for the server and two for the browser", () => {
  expect(pointAt(TEXT, TEXT.indexOf("b"))).toBe(4);
  expect(unitAt(TEXT, 4)).toBe(TEXT.indexOf("b"));
  expect(unitAt(TEXT, 99)).toBe(TEXT.length);
});

test("a span goes there and back unchanged", () => {
  const start = TEXT.indexOf("b");
  const span = { start, end: TEXT.length };
  const points = spanOfPoints(TEXT, span);
  expect([...TEXT].slice(points?.start, points?.end).join("")).toBe("b 🚀🚀 end");
  expect(points && spanOfUnits(TEXT, points)).toEqual(span);
});

test("half a sign is taken whole", () => {
  const half = TEXT.indexOf("🚀") + 1;
  const points = spanOfPoints(TEXT, { start: half, end: TEXT.length });
  expect([...TEXT].slice(points?.start, points?.end).join("")).toBe("🚀🚀 end");
});

test("a selection that cuts a word takes the whole word, and no spaces", () => {
  const text = "  Six in ten accept, naïvely said. ";
  const points = spanOfPoints(text, { start: text.indexOf("n ten"), end: text.indexOf("vely") });
  expect(text.slice(points?.start, points?.end)).toBe("in ten accept, naïvely");
});

test("a script without spaces is cut where it was selected", () => {
  const points = spanOfPoints("我们用缓存来读", { start: 2, end: 5 });
  expect(points).toEqual({ start: 2, end: 5 });
});

test("where no word is selected there is nothing to cite", () => {
  expect(spanOfPoints("so … then", { start: 2, end: 5 })).toBeNull();
  expect(spanOfPoints("word", { start: 2, end: 2 })).toBeNull();
});

test("a text area counts CRLF as one, the text as two", () => {
  expect(unitInText("a\r\nb", 2)).toBe(3);
});

test("overlapping marks cut the text into stretches that give it back", () => {
  const cut = pieces("one two three", [
    { id: "x", start: 0, end: 7 },
    { id: "y", start: 4, end: 13 },
  ]);
  expect(cut.map((piece) => piece.text).join("")).toBe("one two three");
  expect(cut.map((piece) => piece.marks)).toEqual([["x"], ["x", "y"], ["y"]]);
});
