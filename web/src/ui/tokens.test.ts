import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const CSS = readFileSync("src/ui/tokens.css", "utf8");
const GROUNDS = ["page", "panel", "raised", "sunken"];
const TONES = ["accent", "good", "warn", "bad", "info"];

function theme(selector: string): Record<string, string> {
  const start = CSS.indexOf(`${selector} {`);
  const block = CSS.slice(start, CSS.indexOf("}", start));
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#\w{6})/g)].map(([, name, colour]) => [name, colour]));
}

/** Relative luminance by WCAG 2.2, from 0 to 1. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one = "#000000", other = "#000000"): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

test.each(['[data-theme="light"]', '[data-theme="dark"]'])("words and edges can be seen on every ground of %s", (selector) => {
  const colours = theme(selector);
  const pairs = [
    ...GROUNDS.flatMap((ground) => ["ink", "soft", "faint", ...TONES].map((word) => [word, ground, 4.5] as const)),
    ...GROUNDS.map((ground) => ["strong", ground, 3] as const),
    ...TONES.flatMap((tone) => [tone, "ink", "soft"].map((word) => [word, `${tone}-wash`, 4.5] as const)),
    ["on-accent", "accent", 4.5] as const,
    ["on-accent", "accent-deep", 4.5] as const,
    ["ink", "mark", 4.5] as const,
  ];
  const weak = pairs.filter(([word, ground, least]) => contrast(colours[word], colours[ground]) < least);
  expect(weak).toEqual([]);
});
