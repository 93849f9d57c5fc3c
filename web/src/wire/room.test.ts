import { expect, test } from "vitest";

import { restore } from "./outbox";
import { enterRoom } from "./room";
import { aShelf, aState, chunk, ev, FakeWorld, said, settled, started } from "./testing";
import type { Snapshot } from "./types";

async function aRoom(shelf = aShelf(), snapshot?: Snapshot) {
  const world = new FakeWorld();
  let ids = 0;
  const room = enterRoom("s1", {
    world,
    shelf,
    calls: {
      ticket: async () => "a-ticket-for-one-socket",
      snapshot: async () => snapshot ?? Promise.reject(new Error("nobody should ask")),
    },
    newId: () => `cmid-${++ids}`,
  });
  await settled();
  return { world, room, shelf, view: room.store.getState, bodies: () => room.store.getState().unsent.map((one) => one.body) };
}

test("a message is shown at once, sent, kept, and then stands in the conversation once", async () => {
  const { world, room, view } = await aRoom();
  world.wire.accept();
  const cmid = room.say("Hello", 3);
  expect(view().unsent).toMatchObject([{ body: "Hello", state: "sending" }]);
  expect(world.wire.messages()).toEqual([{ t: "msg", cmid, body: "Hello", board_rev: 3 }]);
  world.wire.says({ t: "ack", cmid, seq: 1, dup: false });
  expect(view().unsent).toMatchObject([{ body: "Hello", state: "kept" }]);
  world.wire.says(said(1, "Hello", cmid));
  expect(view().unsent).toEqual([]);
  expect(view().room.turns).toHaveLength(1);
});

test("a message whose board is still being saved is shown and kept at once, and goes when the board is saved", async () => {
  const { world, room, shelf, view } = await aRoom();
  world.wire.accept();
  let saved = (_rev: number) => {};
  const one = room.say("See the cache", new Promise<number>((resolve) => (saved = resolve)));
  const two = room.say("And the queue", 6);
  expect(view().unsent).toMatchObject([{ cmid: one, state: "readying" }, { cmid: two }]);
  expect(restore(shelf, "s1").map((left) => left.body)).toEqual(["See the cache", "And the queue"]);
  expect(world.wire.messages()).toEqual([]);
  saved(5);
  await settled();
  expect(world.wire.messages()).toMatchObject([
    { cmid: one, body: "See the cache", board_rev: 5 },
    { cmid: two, body: "And the queue", board_rev: 6 },
  ]);
});

test("a page reloaded while the board is being saved sends the message all the same, once and under its id", async () => {
  const before = await aRoom();
  before.world.wire.accept();
  let saved = (_rev: number) => {};
  const cmid = before.room.say("See the cache", new Promise<number>((resolve) => (saved = resolve)));
  before.room.leave();
  const after = await aRoom(before.shelf);
  after.world.wire.accept();
  expect(after.world.wire.messages()).toEqual([{ t: "msg", cmid, body: "See the cache" }]);
  after.world.wire.says({ t: "ack", cmid, seq: 1, dup: false });
  saved(5);
  await settled();
  expect(restore(before.shelf, "s1")).toEqual([]);
});

test("a message goes without its board where the board cannot be saved", async () => {
  const { world, room } = await aRoom();
  world.wire.accept();
  const cmid = room.say("See the cache", Promise.reject(new Error("the board is too large")));
  await settled();
  expect(world.wire.messages()).toEqual([{ t: "msg", cmid, body: "See the cache" }]);
});

test("the event may come before the ack", async () => {
  const { world, room, view } = await aRoom();
  world.wire.accept();
  const cmid = room.say("Hello");
  world.wire.says(said(1, "Hello", cmid));
  world.wire.says({ t: "ack", cmid, seq: 1, dup: false });
  expect(view().unsent).toEqual([]);
});

test("what was not answered is sent again in order after every welcome, under the same ids (P11, P12)", async () => {
  const { world, room } = await aRoom();
  world.wire.accept({ win: 8 });
  const [one, two] = [room.say("One"), room.say("Two")];
  world.wire.breaks(1006);
  const three = room.say("Three");
  await world.pass(250);
  world.wire.accept({ win: 8 });
  expect(world.wire.messages().map((frame) => frame.cmid)).toEqual([one, two, three]);
});

test("no more go out than the window allows (P11)", async () => {
  const { world, room, view } = await aRoom();
  world.wire.accept({ win: 2 });
  const one = room.say("One");
  room.say("Two");
  room.say("Three");
  expect(world.wire.messages()).toHaveLength(2);
  expect(view().unsent[2]?.state).toBe("waiting");
  world.wire.says({ t: "ack", cmid: one, seq: 1, dup: false });
  expect(world.wire.messages().map((frame) => frame.body)).toEqual(["One", "Two", "Three"]);
});

test("a message said while the line is down survives a reload and arrives under its first id", async () => {
  const before = await aRoom();
  const cmid = before.room.say("Said in a tunnel");
  before.room.leave();
  const after = await aRoom(before.shelf);
  expect(after.bodies()).toEqual(["Said in a tunnel"]);
  after.world.wire.accept();
  expect(after.world.wire.messages()).toMatchObject([{ cmid, body: "Said in a tunnel" }]);
  after.world.wire.says({ t: "ack", cmid, seq: 1, dup: true });
  expect(restore(before.shelf, "s1")).toEqual([]);
});

test("a refusal for now waits and goes again in order; a refusal for good is shown, and the next one goes (P10)", async () => {
  const { world, room, view } = await aRoom();
  world.wire.accept();
  const [one, two] = [room.say("One"), room.say("Two")];
  world.wire.says({ t: "nack", cmid: one, code: "rate", retry_ms: 500 });
  await world.pass(500);
  expect(world.wire.messages().map((frame) => frame.body)).toEqual(["One", "Two", "One", "Two"]);
  const three = room.say("Three");
  world.wire.says({ t: "nack", cmid: one, code: "invalid", retry_ms: null });
  expect(view().unsent).toMatchObject([
    { cmid: one, state: "failed", code: "invalid" },
    { cmid: two, state: "sending" },
    { cmid: three, state: "sending" },
  ]);
  room.sayAgain(one);
  expect(view().unsent[0]).toMatchObject({ state: "waiting", code: null });
  expect(room.takeBack(one)).toBe("One");
  expect(view().unsent).toHaveLength(2);
});

test("a refusal for now is over at its time, also where the clock on the wall was set back meanwhile", async () => {
  const { world, room } = await aRoom();
  world.wire.accept();
  const cmid = room.say("One");
  world.wire.says({ t: "nack", cmid, code: "rate", retry_ms: 500 });
  world.wall = -3_600_000;
  await world.pass(500);
  expect(world.wire.messages().map((frame) => frame.body)).toEqual(["One", "One"]);
});

test("a message that is too long is not sent, and keeps its words", async () => {
  const { world, room, view } = await aRoom();
  world.wire.accept({ max: 10 });
  room.say("ééééééé");
  expect(world.wire.messages()).toEqual([]);
  expect(view().unsent).toMatchObject([{ state: "failed", code: "too_long", body: "ééééééé" }]);
});

test("control signs, which are long on the way, count as long as they are there", async () => {
  const { world, room, view } = await aRoom();
  world.wire.accept({ max: 16 * 1024 });
  room.say("\u0001".repeat(12_000));
  expect(world.wire.messages()).toEqual([]);
  expect(view().unsent).toMatchObject([{ state: "failed", code: "too_long" }]);
});

test("a socket closed for a frame too big fails the largest message on its way, and the rest goes on", async () => {
  const { world, room, view } = await aRoom();
  world.wire.accept();
  room.say("Small");
  room.say("Bigger");
  world.wire.breaks(1009);
  await world.pass(250);
  world.wire.accept();
  expect(view().unsent.map((one) => one.state)).toEqual(["sending", "failed"]);
  expect(world.wire.messages().map((frame) => frame.body)).toEqual(["Small"]);
});

test("a gap makes the line ask again from the last event applied, and doubles change nothing (P13)", async () => {
  const { world, view } = await aRoom();
  world.wire.accept();
  world.wire.says(started(1, "t1"));
  world.wire.says(chunk(3, "t1", 1, "second."));
  expect(view().room.turns[0]?.text).toBe("");
  expect(view().link.kind).toBe("reconnecting");
  await world.pass(250);
  world.wire.accept();
  expect(world.wire.sent[0]).toMatchObject({ t: "hello", after: 1 });
  world.wire.says(started(1, "t1"));
  world.wire.says(chunk(2, "t1", 0, "First,"));
  world.wire.says(chunk(2, "t1", 0, "First,"));
  world.wire.says(chunk(3, "t1", 1, "second."));
  expect(view().room.turns[0]?.text).toBe("First, second.");
});

test("a snapshot begins the room anew and takes away what it already holds", async () => {
  const turns = [{ cmid: "cmid-1", text: "Hello", n: 1 }] as unknown as Snapshot["room"]["turns"];
  const snapshot: Snapshot = {
    session: "s1",
    epoch: "e2",
    seq: 9,
    room: { seq: 9, state: aState(), turns, board_rev: 0, board: null, hint: null },
  };
  const { world, room, view, bodies } = await aRoom(aShelf(), snapshot);
  world.wire.accept();
  room.say("Hello");
  room.say("More");
  world.wire.breaks(4009);
  await settled();
  expect(view().room.seq).toBe(9);
  expect(bodies()).toEqual(["More"]);
});

test("the room knows while somebody types or draws, and tells the server each time", async () => {
  const { world, room, view } = await aRoom();
  world.wire.accept();
  room.sign("typing", true);
  room.sign("drawing", true);
  room.sign("typing", false);
  expect(view().going).toBe(true);
  room.sign("drawing", false);
  room.sign("hold", true);
  expect(view().going).toBe(false);
  expect(world.wire.sent.filter((frame) => frame.t === "eph")).toHaveLength(5);
});

test("the server's clock is known from its welcome", async () => {
  const { world, view } = await aRoom();
  await world.pass(1000);
  world.wire.accept({ now: new Date(61_000).toISOString() });
  expect(view().clockSkewMs).toBe(60_000);
});

test("a shelf with rubbish on it is an empty one", async () => {
  expect((await aRoom(aShelf({ "outbox:s1": "{not json" }))).bodies()).toEqual([]);
  expect((await aRoom(aShelf({ "outbox:s1": '[{"body": 3}, null]' }))).bodies()).toEqual([]);
});

test("the state of the session is what its last event says", async () => {
  const { world, view } = await aRoom();
  world.wire.accept();
  world.wire.says(ev(1, "session.state", aState({ state: "ended", why: "asked", scorecard: "pending" })));
  expect(view().room.state).toMatchObject({ state: "ended", scorecard: "pending" });
});
