import { expect, test } from "vitest";

import { linkWords } from "./link";
import { Problem } from "./problem";
import { type Link, openLine, type Owner } from "./socket";
import { FakeWorld, settled } from "./testing";
import type { FromServer, Snapshot } from "./types";

type Told = { links: Link[]; frames: FromServer[]; tickets: number; placed: Snapshot[]; tooBig: number };

async function aLine(change: Partial<Owner> = {}) {
  const world = new FakeWorld();
  const told: Told = { links: [], frames: [], tickets: 0, placed: [], tooBig: 0 };
  const at = { position: 0 };
  const line = openLine(
    {
      ticket: async () => `ticket-number-${++told.tickets}`,
      snapshot: async () => ({ session: "s", epoch: "e2", seq: 7, room: {} }) as unknown as Snapshot, // only its seq matters here
      position: () => at.position,
      placed: (snapshot) => {
        at.position = snapshot.seq;
        told.placed.push(snapshot);
      },
      welcomed: () => {},
      heard: (frame) => {
        told.frames.push(frame);
        return true;
      },
      tooBig: () => {
        told.tooBig += 1;
      },
      changed: (link) => told.links.push(link),
      ...change,
    },
    world,
  );
  await settled();
  return { world, told, at, line, kind: () => told.links.at(-1)?.kind };
}

test("the first frame is a hello with the ticket and our position (P3), and a welcome opens the line (P4)", async () => {
  const { world, at, kind } = await aLine();
  at.position = 17;
  world.wire.accept();
  expect(world.wire.sent).toEqual([{ t: "hello", v: 1, ticket: "ticket-number-1", after: 17 }]);
  expect(kind()).toBe("connected");
});

test("after a break the line comes back with a new ticket, the epoch and its position", async () => {
  const { world, at, kind } = await aLine();
  world.wire.accept({ epoch: "b3" });
  at.position = 4;
  world.wire.breaks(1006);
  expect(kind()).toBe("reconnecting");
  await world.pass(250);
  world.wire.accept({ epoch: "b3" });
  expect(world.wire.sent[0]).toEqual({ t: "hello", v: 1, ticket: "ticket-number-2", after: 4, epoch: "b3" });
  expect(kind()).toBe("connected");
});

test.each([1000, 1001, 1006, 1011, 1012, 1013, 4001, 4008, 4012, 4499])("code %i reconnects", async (code) => {
  const { world, kind } = await aLine();
  world.wire.accept();
  world.wire.breaks(code);
  expect(kind()).toBe("reconnecting");
});

test.each([
  [4500, "outdated"],
  [4501, "signed_out"],
  [4503, "not_available"],
  [4504, "replaced"],
  [4510, "closed"],
  [4999, "outdated"],
])("code %i stops for good, and says why", async (code, why) => {
  const { world, told, line } = await aLine();
  world.wire.accept();
  world.wire.breaks(code);
  line.retry();
  await world.pass(120_000);
  expect(told.links.at(-1)).toMatchObject({ kind: "stopped", why });
  expect(world.wires).toHaveLength(1);
});

test("waits grow with full jitter up to twenty seconds, and shrink again after half a minute of health (P21)", async () => {
  const { world, told } = await aLine();
  world.luck = 1;
  const waits: number[] = [];
  async function breakOnce() {
    world.wire.breaks(1006);
    const link = told.links.at(-1);
    if (link?.kind !== "reconnecting") throw new Error("the line did not reconnect");
    waits.push(link.retryAt - world.now());
    await world.pass(link.retryAt - world.now());
  }
  for (let time = 0; time < 9; time += 1) await breakOnce();
  expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 16_000, 20_000, 20_000]);
  world.wire.accept({ hb: 60 });
  await world.pass(30_000);
  await breakOnce();
  expect(waits.at(-1)).toBe(250);
});

test("a wait that the server asks for is kept", async () => {
  const { world, told } = await aLine();
  world.luck = 0;
  world.wire.accept();
  world.wire.breaks(4013, "too many; retry_ms=3000");
  expect(told.links.at(-1)).toMatchObject({ kind: "reconnecting", retryAt: world.now() + 3000 });
});

test("an unknown position loads the state and comes back from there (P5)", async () => {
  const { world, told } = await aLine();
  world.wire.accept();
  world.wire.breaks(4009);
  await settled();
  world.wire.accept({ epoch: "e2" });
  expect(told.placed).toHaveLength(1);
  expect(world.wire.sent[0]).toMatchObject({ after: 7, epoch: "e2" });
});

test("a refused ticket is fetched anew twice at most", async () => {
  const { world, told } = await aLine();
  for (let time = 0; time < 3; time += 1) {
    world.wire.breaks(4014);
    await world.pass(1000);
  }
  expect(told.links.at(-1)).toMatchObject({ kind: "stopped", why: "signed_out" });
  expect(told.tickets).toBe(3);
});

test.each([
  [401, "signed_out"],
  [404, "not_available"],
])("a ticket refused with %i stops the line", async (status, why) => {
  const { told } = await aLine({ ticket: () => Promise.reject(new Problem(status, "x", "No", "")) });
  expect(told.links.at(-1)).toMatchObject({ kind: "stopped", why });
});

test("a ticket that cannot be fetched just now is asked for again", async () => {
  let times = 0;
  const { world } = await aLine({
    ticket: () => (++times < 3 ? Promise.reject(new Problem(0, "x", "No answer", "")) : Promise.resolve("ticket")),
  });
  await world.pass(2000);
  expect(times).toBe(3);
  expect(world.wires).toHaveLength(1);
});

test("heartbeats are answered with our position (P17)", async () => {
  const { world, at } = await aLine();
  world.wire.accept({ head: 3 });
  at.position = 3;
  world.wire.says({ t: "hb", head: 3 });
  expect(world.wire.sent.at(-1)).toEqual({ t: "hb", after: 3 });
});

test("silence for two and a half heartbeats is a break", async () => {
  const { world, kind } = await aLine();
  world.wire.accept({ hb: 2 });
  await world.pass(4_900);
  expect(kind()).toBe("connected");
  await world.pass(200);
  expect(kind()).toBe("reconnecting");
});

test("a server that knows of more for a whole heartbeat and does not send it is left", async () => {
  const { world, at, kind } = await aLine();
  world.wire.accept();
  at.position = 3;
  world.wire.says({ t: "hb", head: 5 });
  expect(kind()).toBe("connected");
  world.wire.says({ t: "hb", head: 5 });
  expect(kind()).toBe("reconnecting");
});

test("a gap in what is heard is a break (P13)", async () => {
  const { world, kind } = await aLine({ heard: () => false });
  world.wire.accept();
  world.wire.says({ t: "eph", kind: "thinking", on: true });
  expect(kind()).toBe("reconnecting");
});

test("a socket that was left is never heard again, so there is one live socket", async () => {
  const { world, told, line } = await aLine();
  const first = world.wire;
  first.accept();
  first.breaks(1006);
  line.retry();
  await settled();
  first.says({ t: "eph", kind: "thinking", on: true });
  first.breaks(4510);
  world.wire.accept();
  expect(told.frames).toEqual([]);
  expect(told.links.at(-1)?.kind).toBe("connected");
});

test("offline waits without trying, and being online again tries at once", async () => {
  const { world, line, kind } = await aLine();
  world.wire.accept();
  world.isOnline = false;
  line.offline();
  await world.pass(60_000);
  expect(kind()).toBe("offline");
  expect(world.wires).toHaveLength(1);
  world.isOnline = true;
  line.retry();
  await settled();
  expect(world.wires).toHaveLength(2);
});

test("no welcome within ten seconds is a break", async () => {
  const { world, kind } = await aLine();
  world.wire.onopen?.(new Event("open"));
  await world.pass(10_100);
  expect(kind()).toBe("reconnecting");
});

test("leaving closes the socket and stays away", async () => {
  const { world, line } = await aLine();
  world.wire.accept();
  line.leave();
  await world.pass(60_000);
  expect(world.wire.closedWith).toBe(1000);
  expect(world.wires).toHaveLength(1);
});

test("a retry is offered only after ten seconds without a line", () => {
  const link: Link = { kind: "reconnecting", since: 0, retryAt: 100 };
  expect(linkWords(link, 9_000)).toEqual({ text: "Reconnecting…", retry: false });
  expect(linkWords(link, 10_000).retry).toBe(true);
});
