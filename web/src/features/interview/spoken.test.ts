import { expect, test } from "vitest";

import { EMPTY_ROOM } from "~/wire/fold";
import type { TurnShown } from "~/wire/types";

import { spokenBetween } from "./spoken";
import { aTurn } from "./testing";

const room = (...turns: TurnShown[]) => ({ ...EMPTY_ROOM, turns });
const answer = (text: string, state: TurnShown["state"]) => aTurn({ seq: 5, turn: "t1", text, state });

test("a coming answer is announced, and its words are said once, whole", () => {
  const steps = [room(), room(answer("", "speaking")), room(answer("One.", "speaking")), room(answer("One. Two.", "done"))];
  const said = steps.slice(1).flatMap((now, at) => spokenBetween(steps[at] ?? room(), now, "whole"));
  expect(said).toEqual(["Interviewer is replying", "Interviewer: One. Two."]);
});

test("by sentence, each is said as it comes, and none twice", () => {
  const steps = [room(), room(answer("", "speaking")), room(answer("One.", "speaking")), room(answer("One. Two.", "done"))];
  const said = steps.slice(1).flatMap((now, at) => spokenBetween(steps[at] ?? room(), now, "sentence"));
  expect(said).toEqual(["Interviewer is replying", "One.", "Two."]);
});

test("what one said oneself is not read out, nor anything where it is turned off", () => {
  const mine = aTurn({ role: "candidate", text: "Mine." });
  expect(spokenBetween(room(), room(mine), "whole")).toEqual([]);
  expect(spokenBetween(room(), room(answer("One.", "done")), "off")).toEqual([]);
});

test("a lost answer is told", () => {
  expect(spokenBetween(room(answer("", "speaking")), room(answer("", "failed")), "whole")).toEqual([
    "The answer did not come through.",
  ]);
});
