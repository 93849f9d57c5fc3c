import { expect, test } from "vitest";

import { times } from "./words";

test("how often something was cited is said as people say it, and 21 times is not once", () => {
  expect([1, 2, 3, 11, 21].map(times)).toEqual(["once", "twice", "3 times", "11 times", "21 times"]);
});
