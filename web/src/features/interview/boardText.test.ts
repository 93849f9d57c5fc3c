import { expect, test } from "vitest";

import { toMermaid } from "./boardText";

test("Mermaid stays as it is", () => {
  const text = "flowchart TB\n  a[Client] --> b[API]";
  expect(toMermaid(text)).toBe(text);
  expect(toMermaid("graph TD; a-->b")).toBe("graph TD; a-->b");
});

test("plain arrows become a flow chart, and a name used twice is one box", () => {
  expect(toMermaid("Client -> API -> Database: writes\n[API] -> [Cache]")).toBe(
    [
      "flowchart TB",
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
  expect(toMermaid('The "big" queue')).toBe("flowchart TB\n  n0[\"The 'big' queue\"]");
  expect(toMermaid(" \n")).toBe("");
});

test("a tag in a label is drawn as words, and arrows and line breaks stay what they are", () => {
  expect(toMermaid("<img src=//elsewhere/x> -> API")).toContain('["#lt;img src=//elsewhere/x>"]');
  const mermaid = 'flowchart LR\n  a["<b>x</b><br/>y"] <--> b\n  c <-- d';
  expect(toMermaid(mermaid)).toBe('flowchart LR\n  a["#lt;b>x#lt;/b><br/>y"] <--> b\n  c <-- d');
});
