import { expect, test } from "vitest";

import { amount, headed, offBy, sentence, value } from "./sayings";

test("numbers are said as people say them", () => {
  expect(amount({ value: 600e6, unit: "1/day" })).toBe("600 million a day");
  expect(amount({ value: 2.4e6, unit: "B/s" })).toBe("2.4 MB a second");
  expect(amount({ value: 8.76, unit: "h/year" })).toBe("8.76 h a year");
  expect(amount({ value: 23.148, unit: "1/s" })).toBe("23.1 a second");
  expect(amount({ value: 99.9, unit: "percent" })).toBe("99.9%");
  expect(amount({ value: 120, unit: "1/h" })).toBe("120 an hour");
});

test("a sum that is off says which way", () => {
  expect(offBy(10)).toBe("10 times too much");
  expect(offBy(0.25)).toBe("4 times too little");
});

test("a point is cut after its head", () => {
  expect(headed("Interface design: Puts limits into the contract.")).toEqual({
    head: "Interface design",
    rest: "Puts limits into the contract.",
  });
  expect(headed("No colon here")).toEqual({ head: "No colon here", rest: "" });
});

test("what a coach changed is said in words", () => {
  expect([value(3), value("not_met"), value(null)]).toEqual(["3", "not met", "not assessed"]);
});

test("a reason becomes a sentence", () => {
  expect(sentence("it was not asked")).toBe("It was not asked.");
  expect(sentence("Done.")).toBe("Done.");
  expect(sentence("")).toBe("");
});
