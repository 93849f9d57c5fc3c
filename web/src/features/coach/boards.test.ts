// Boards by turn, and a board as a list.
import { expect, test } from "vitest";

import type { TurnShown } from "~/wire/types";

import { boardsByTurn, listed } from "./boards";

const turn = (n: number, board_rev: number | null) => ({ n, role: "candidate", board_rev }) as TurnShown;
const board = (rev: number, at: number | null) => ({ rev, at: "2026-11-20T10:00:00Z", turn: at });

test("a board is offered at the turn by which it had changed, and not again", () => {
  const turns = [turn(2, null), turn(4, 1), turn(6, 1), turn(8, 2)];
  expect([...boardsByTurn([board(1, 4), board(2, null)], turns)]).toEqual([
    [4, 1],
    [8, 2],
  ]);
});

test("boxes are named by their labels, and what is loose or unnamed is said", () => {
  const elements = [
    { id: "a", type: "rectangle" },
    { id: "t", type: "text", containerId: "a", text: "Link\nservice" },
    { id: "b", type: "ellipse" },
    { id: "n", type: "text", text: "cache?" },
    { id: "x", type: "arrow", startBinding: { elementId: "a" }, endBinding: { elementId: "b" } },
    { id: "y", type: "arrow", startBinding: { elementId: "a" }, endBinding: null },
    { id: "gone", type: "rectangle", isDeleted: true },
  ];
  expect(listed({ elements })).toEqual({
    parts: ["Link service", "a box without a label", "Note: cache?"],
    links: ["Link service → a box without a label", "Link service → a loose end"],
    text: null,
  });
});

test("a board that was written is shown as it was, and one that is nothing is empty", () => {
  expect(listed({ text: "web -> db" }).text).toBe("web -> db");
  expect(listed({ elements: "x" })).toEqual({ parts: [], links: [], text: null });
});
