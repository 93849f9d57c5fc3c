import { expect, test } from "vitest";

import { uuidv7 } from "./ids";

test("an id is a version 7 UUID that begins with its moment", () => {
  const id = uuidv7(0x0198_1234_5678, (bytes) => bytes.fill(255));
  expect(id).toBe("01981234-5678-7fff-bfff-ffffffffffff");
});

test("later ids sort after earlier ones", () => {
  expect(uuidv7(1_000) < uuidv7(2_000)).toBe(true);
});
