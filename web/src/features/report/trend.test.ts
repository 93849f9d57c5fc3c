import { expect, test } from "vitest";

import type { Body } from "~/wire/types";

import { stepOf } from "./compare";
import { linesOf, unprompted } from "./trend";

const criteria = [
  { id: "cr.api", name: "Interface design" },
  { id: "cr.data", name: "Data model and storage" },
  { id: "cr.product", name: "Product thinking" },
];
const attempt = (levels: Record<string, number | null>, given = 0, met = 0) =>
  ({ session: {} as Body<"SessionShown">, levels, unprompted: given, met }) satisfies Body<"AttemptShown">;

test("a criterion that was never assessed has no line", () => {
  const lines = linesOf({ criteria, items: [attempt({ "cr.api": 2, "cr.data": null })] });
  expect(lines.map((line) => line.id)).toEqual(["cr.api"]);
});

test("a line breaks where the criterion was not assessed", () => {
  const items = [2, 3, null, 4].map((level) => attempt({ "cr.api": level }));
  const [line] = linesOf({ criteria, items });
  expect(line?.runs).toEqual([
    [
      { at: 0, level: 2 },
      { at: 1, level: 3 },
    ],
    [{ at: 3, level: 4 }],
  ]);
  expect(line?.assessed).toBe(3);
  expect(line?.told).toBe("2, 3, not assessed, 4");
});

test("an attempt whose card does not know a criterion leaves a gap", () => {
  const [line] = linesOf({ criteria, items: [attempt({ "cr.api": 1 }), attempt({})] });
  expect(line?.dots[1]).toEqual({ at: 1, level: null });
});

test("the unprompted share keeps its counts, and is nothing where nothing was met", () => {
  expect(unprompted([attempt({}, 3, 4), attempt({}, 0, 0)])).toEqual([
    { at: 0, share: 0.75, met: 3, of: 4 },
    { at: 1, share: null, met: 0, of: 0 },
  ]);
});

test("a step between two levels is said in words", () => {
  expect([stepOf(2, 3), stepOf(4, 2), stepOf(3, 3), stepOf(null, 3)]).toEqual(["up 1", "down 2", "the same", ""]);
});
