import { expect, test } from "vitest";

import { lasted } from "./format";

test("what lasted half a minute or less is not said to have lasted none", () => {
  expect([0, 0.4, 0.6, 1.4, 44.6].map(lasted)).toEqual([
    "under a minute",
    "under a minute",
    "a minute",
    "a minute",
    "45 minutes",
  ]);
});
