import { expect, test } from "vitest";

import { aTurn } from "./testing";
import { boardSummary, oddities, whoInterviews } from "./words";

const part = (id: string) => ({ id, label: id, role: "" });
const link = (bound: boolean) => ({ from: "a", to: bound ? "b" : "", label: "", bound });

test("the board is summed up in a line, loose arrows named", () => {
  expect(boardSummary(null)).toBe("nothing yet");
  const board = { rev: 1, parts: [part("a"), part("b")], links: [link(true), link(false)], lint: [] };
  expect(boardSummary(board)).toBe("2 parts, 2 links, 1 loose");
  expect(boardSummary({ ...board, parts: [part("a")], links: [link(true)] })).toBe("1 part, 1 link");
});

test("boxes that stand alone share a sentence, and nothing is said twice", () => {
  const alone = (label: string) => ({ kind: "isolated", part: label, label });
  const unlabelled = { kind: "unlabelled", part: "x", label: "" };
  expect(oddities([alone("Cache")])).toEqual(["“Cache” is not connected to anything."]);
  expect(oddities([alone("Cache"), alone("Client"), alone("Queue"), unlabelled, unlabelled])).toEqual([
    "“Cache”, “Client” and “Queue” are not connected to anything.",
    "A box has no label.",
  ]);
});

test("the offline interviewer says that it is no model", () => {
  expect(whoInterviews("offline")).toBe("Offline interviewer: rules and written lines, no model");
  expect(whoInterviews("offline", [aTurn({ by: "offline" })])).toBe("Offline interviewer: rules and written lines, no model");
});

test("where the model failed last, the bar says who stands in, until the model answers again", () => {
  const byHeart = aTurn({ by: "offline" });
  const model = aTurn({ by: "bench" });
  const stoodIn = aTurn({ by: "offline", stood_in: true });
  const growing = aTurn({ state: "speaking", by: null });
  expect(whoInterviews("bench", [byHeart])).toBe("Interviewer: the model bench");
  expect(whoInterviews("bench", [byHeart, model, stoodIn])).toBe("Interviewer: offline, for the model bench");
  expect(whoInterviews("bench", [stoodIn, byHeart, growing])).toBe("Interviewer: offline, for the model bench");
  expect(whoInterviews("bench", [stoodIn, model])).toBe("Interviewer: the model bench");
});
