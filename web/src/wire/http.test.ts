// @vitest-environment node
import { expect, test, vi } from "vitest";

import { postLines } from "./http";

function answered(parts: (string | Uint8Array)[], status = 200): void {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const part of parts) controller.enqueue(typeof part === "string" ? encoder.encode(part) : part);
      controller.close();
    },
  });
  vi.stubGlobal("fetch", async () => new Response(body, { status }));
}

async function read(): Promise<unknown[]> {
  const lines: unknown[] = [];
  await postLines("/v1/model/test", (line) => lines.push(line));
  return lines;
}

test("documents are read a line each, wherever the pieces are cut", async () => {
  answered(['{"n":1}\n{"n"', ":2}\n", '{"n":3}\n']);
  expect(await read()).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
});

test("a letter that is cut in two is put together again", async () => {
  const bytes = new TextEncoder().encode('{"told":"é"}\n');
  answered([bytes.slice(0, 10), bytes.slice(10)]);
  expect(await read()).toEqual([{ told: "é" }]);
});

test("a last line without its end was not said", async () => {
  answered(['{"n":1}\n{"n":2']);
  expect(await read()).toEqual([{ n: 1 }]);
});

test("a refusal is thrown as the problem that it tells of", async () => {
  answered([JSON.stringify({ type: "urn:x", title: "No", detail: "Wait a few seconds." })], 429);
  await expect(read()).rejects.toThrow("Wait a few seconds.");
});
