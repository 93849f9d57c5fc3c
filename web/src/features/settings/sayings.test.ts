import { expect, test } from "vitest";

import { partOf, spending, whyOff } from "./sayings";

const NOTHING = {
  tokens: 0,
  calls: 0,
  money: 0,
  most_tokens: null,
  most_money: null,
  most_tokens_each: null,
  most_money_each: null,
  priced: false,
};

test("what was spent is told in tokens, and in money where there are prices", () => {
  expect(spending({ ...NOTHING, tokens: 12300, calls: 1, money: 1.2 })[0]).toBe("Today: 12,300 tokens in one call.");
  expect(spending({ ...NOTHING, tokens: 12300, calls: 20, money: 1.2, priced: true })[0]).toBe(
    "Today: 12,300 tokens in 20 calls, 1.20 by the prices set.",
  );
});

test("limits are told together, and their absence too", () => {
  expect(spending(NOTHING)[1]).toBe("No limit is set.");
  expect(spending({ ...NOTHING, most_tokens: 9000, most_money_each: 0.5 })[1]).toContain(
    "At most 9,000 tokens a day, 0.50 an interview.",
  );
});

test("a model with two parts has both told", () => {
  const seat = { roles: ["talk" as const, "evidence" as const], name: "m", host: "h", key: true, local: false };
  expect(partOf(seat)).toBe("leads the talk, and looks for evidence in what was said");
});

test("nothing is said of a switch that is on", () => {
  expect(whyOff("")).toBe("");
  expect(whyOff("setting")).toContain("INTERVIEWER_MODEL_OFF");
});
