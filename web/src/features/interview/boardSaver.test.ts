import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Problem } from "~/wire/problem";

import { boardSaver, leftOver, type Saving, type Scene } from "./boardSaver";

const scene = (mark: string): Scene => ({ type: "excalidraw", elements: [{ id: mark }] });

function desk(start = 0) {
  const server = { rev: start, scene: scene("start"), saves: 0, fault: null as unknown, loseAnswer: false };
  const states: Saving[] = [];
  const shelf = new Map<string, string>();
  const saver = boardSaver(
    {
      async save(basedOn, drawn) {
        if (server.fault) throw server.fault;
        if (basedOn !== server.rev) throw new Problem(412, "stale", "", "");
        server.saves += 1;
        server.rev += 1;
        server.scene = drawn;
        if (server.loseAnswer) throw new Problem(0, "about:blank", "The server did not answer.", "");
        return { rev: server.rev };
      },
      load: async () => ({ rev: server.rev, scene: server.scene }),
      shelf: {
        getItem: (key) => shelf.get(key) ?? null,
        setItem: (key, value) => void shelf.set(key, value),
        removeItem: (key) => void shelf.delete(key),
      },
      key: "board:s",
      now: () => Date.now(),
      later: (act, ms) => setTimeout(act, ms),
      cancel: (timer) => clearTimeout(timer),
      changed: (state) => states.push(state),
    },
    start,
  );
  return { server, saver, shelf, last: () => states.at(-1) };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("strokes close together are saved once, shortly after the last", async () => {
  const { server, saver, last } = desk();
  for (const mark of ["a", "b", "c"]) {
    saver.drawn(() => scene(mark));
    await vi.advanceTimersByTimeAsync(300);
  }
  expect(server.saves).toBe(0);
  await vi.advanceTimersByTimeAsync(600);
  expect(server.saves).toBe(1);
  expect(server.scene).toEqual(scene("c"));
  expect(last()).toMatchObject({ kind: "clean" });
});

test("saves are at least two and a half seconds apart", async () => {
  const { server, saver } = desk();
  saver.drawn(() => scene("a"));
  await vi.advanceTimersByTimeAsync(700);
  saver.drawn(() => scene("b"));
  await vi.advanceTimersByTimeAsync(1500);
  expect(server.saves).toBe(1);
  await vi.advanceTimersByTimeAsync(1500);
  expect(server.saves).toBe(2);
});

test("a message takes the board with it at once", async () => {
  const { server, saver } = desk();
  saver.drawn(() => scene("a"));
  expect(await saver.flush()).toBe(1);
  expect(await saver.flush()).toBe(1);
  expect(server.saves).toBe(1);
});

test("without a line the board is kept, and saved when the line is back", async () => {
  const { server, saver, shelf, last } = desk();
  server.fault = new Problem(0, "about:blank", "The server did not answer.", "");
  saver.drawn(() => scene("a"));
  await saver.flush();
  expect(last()).toEqual({ kind: "waiting" });
  expect(leftOver({ getItem: (key) => shelf.get(key) ?? null } as Storage, "board:s", 0)).toEqual(scene("a"));
  server.fault = null;
  saver.back();
  await vi.advanceTimersByTimeAsync(0);
  expect(server.scene).toEqual(scene("a"));
  expect(shelf.size).toBe(0);
});

test("a save whose answer was lost is not taken for another tab's", async () => {
  const { server, saver, last } = desk();
  server.loseAnswer = true;
  saver.drawn(() => scene("a"));
  await saver.flush();
  server.loseAnswer = false;
  expect(await saver.flush()).toBe(1);
  expect(last()).toMatchObject({ kind: "clean" });
});

test("where another tab was first, nothing is lost until somebody chooses", async () => {
  const { server, saver, last } = desk();
  server.rev = 4;
  server.scene = scene("theirs");
  saver.drawn(() => scene("mine"));
  await saver.flush();
  expect(last()).toEqual({ kind: "clash", theirs: { rev: 4, scene: scene("theirs") } });
  expect(server.scene).toEqual(scene("theirs"));
  expect(saver.settle("mine")).toEqual(scene("mine"));
  await vi.advanceTimersByTimeAsync(10);
  expect(server.rev).toBe(5);
  expect(server.scene).toEqual(scene("mine"));
});

test("their version can be taken instead", async () => {
  const { server, saver } = desk();
  server.rev = 4;
  server.scene = scene("theirs");
  saver.drawn(() => scene("mine"));
  await saver.flush();
  expect(saver.settle("theirs")).toEqual(scene("theirs"));
  expect(await saver.flush()).toBe(4);
  expect(server.saves).toBe(0);
});

test("a board that is too large is said so and not tried for ever", async () => {
  const { server, saver, last } = desk();
  server.fault = new Problem(413, "too-large", "", "The board is larger than 1 MiB.");
  saver.drawn(() => scene("a"));
  await saver.flush();
  expect(last()).toEqual({ kind: "refused", why: "The board is larger than 1 MiB." });
  server.fault = null;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(server.saves).toBe(0);
});

test("a newer board of another tab is loaded only where nothing is unsaved here", () => {
  const { saver } = desk(2);
  expect(saver.behind(2)).toBe(false);
  expect(saver.behind(3)).toBe(true);
  saver.drawn(() => scene("a"));
  expect(saver.behind(3)).toBe(false);
});
