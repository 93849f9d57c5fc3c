import { expect, test } from "vitest";

import { lengthWords } from "./length";

test("nothing is said while there is plenty of room", () => {
  expect(lengthWords("a short thought", 1000)).toBeNull();
  expect(lengthWords("a".repeat(790), 1000)).toBeNull();
});

test("near the end it is told how much room is left, and past it how much is too much", () => {
  expect(lengthWords("a".repeat(900), 1000)).toEqual({ words: "Room for about 100 more letters", tooLong: false });
  expect(lengthWords("a".repeat(1000), 1000)?.tooLong).toBe(false);
  expect(lengthWords("a".repeat(1300), 1000)).toEqual({ words: "Too long by about 300 letters. Send it in two.", tooLong: true });
});

test("letters that take several bytes count as the server counts them", () => {
  expect(lengthWords("漢".repeat(400), 1000)).toEqual({ words: "Too long by about 67 letters. Send it in two.", tooLong: true });
});
