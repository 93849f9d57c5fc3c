import { expect, test } from "vitest";

import { toMermaid } from "./boardText";

test("Mermaid stays as it is", () => {
  const text = "flowchart LR\n  a[Client] --> b[API]";
  expect(toMermaid(text)).toBe(text);
  expect(toMermaid("graph TD; a-->b")).toBe("graph TD; a-->b");
});

test("plain arrows become a flow chart, and a name used twice is one box", () => {
  expect(toMermaid("Client -> API -> Database: writes\n[API] -> [Cache]")).toBe(
    [
      "flowchart LR",
      '  n0["Client"]',
      '  n1["API"]',
      '  n2["Database"]',
      "  n0 --> n1",
      '  n1 -->|"writes"| n2',
      '  n3["Cache"]',
      "  n1 --> n3",
    ].join("\n"),
  );
});

test("a box may stand alone, quotes cannot break out, and nothing gives nothing", () => {
  expect(toMermaid('The "big" queue')).toBe("flowchart LR\n  n0[\"The 'big' queue\"]");
  expect(toMermaid(" \n")).toBe("");
});
