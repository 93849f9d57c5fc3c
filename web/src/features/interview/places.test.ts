import { expect, test } from "vitest";

import { freePlace, SIZE, toolsAround } from "./places";

const wide = { width: 760, scrollX: 0, scrollY: 0, zoom: 1 };
const place = (count: number, seen = wide) => {
  const there: { x: number; y: number; width: number; height: number }[] = [];
  for (let at = 0; at < count; at += 1) there.push({ ...freePlace(seen, there), ...SIZE });
  return there;
};

test("parts are placed in rows beside the panel of styles, inside what is seen", () => {
  const parts = place(4);
  expect(parts.map((part) => [part.x, part.y])).toEqual([
    [240, 84],
    [454, 84],
    [240, 188],
    [454, 188],
  ]);
});

test("where there is no panel they begin at the left, one under the other", () => {
  const phone = { ...wide, width: 390 };
  expect(place(3, phone).map((part) => part.x)).toEqual([24, 24, 24]);
  expect(toolsAround(390).left).toBeLessThan(toolsAround(760).left);
});

test("they go where one is looking, also when the board is scrolled and made smaller", () => {
  const [first] = place(1, { width: 760, scrollX: -1000, scrollY: 500, zoom: 0.5 });
  expect(first).toMatchObject({ x: 1480, y: -332 });
});

test("a place that something stands near is not free", () => {
  expect(freePlace(wide, [{ x: 200, y: 60, width: 50, height: 50 }])).toEqual({ x: 454, y: 84 });
});
