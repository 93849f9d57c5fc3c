// The sentences of a card: what stands behind its words and numbers, said as a person would.
import type { Body, Scorecard } from "~/wire/types";

type Amount = Body<"Amount">;
type Flag = Body<"FlagResult">;

export const KINDS: Record<Scorecard["kind"], string> = {
  d: "distributed systems",
  p: "product",
  h: "distributed systems and product",
};

export const VERDICTS: Record<Scorecard["recommendation"], string> = {
  "strong-no-hire": "strong no hire",
  "no-hire": "no hire",
  "lean-no-hire": "leaning no hire",
  "lean-hire": "leaning hire",
  hire: "hire",
  "strong-hire": "strong hire",
  "not-assessed": "not assessed",
};

export const LEVELS: Record<string, string> = { below: "below mid", mid: "mid", senior: "senior", staff: "staff" };

/** What the four levels mean, in a word or two. */
export const MEANS: Record<number, string> = {
  1: "missing or wrong",
  2: "partial, or when led",
  3: "solid",
  4: "exceptional",
};

export const CREDITS: Record<string, string> = {
  unprompted: "unprompted",
  asked: "when asked",
  hinted: "after a hint",
  echo: "after it had been said to you",
};

export const TIERS: Record<Body<"ItemResult">["tier"], string> = { must: "basic", good: "good", rare: "rare" };

export const STATES: Record<Body<"ItemResult">["state"], string> = {
  met: "met",
  not_met: "not heard",
  not_observable: "could not be observed",
  disputed: "disputed",
};

/** How a flag was put right. */
export function putRight(how: Flag["how"]): string {
  switch (how) {
    case "self":
      return "put right unasked";
    case "probed":
      return "put right when asked";
    case "hinted":
      return "put right after a hint";
    case null:
      return "put right";
  }
}

/** "severity 3", with the catalogue's own where this problem or level weighs it differently. */
export function severity(flag: Flag): string {
  return `severity ${flag.severity}${flag.severity === flag.base_severity ? "" : `, ${flag.base_severity} as a rule`}`;
}

const SIZES: readonly [number, string, string][] = [
  [1e15, "P", " quadrillion"],
  [1e12, "T", " trillion"],
  [1e9, "G", " billion"],
  [1e6, "M", " million"],
  [1e3, "K", " thousand"],
];

const PERIODS: Record<string, string> = { s: "second", h: "hour", min: "minute" };

/** A number as people say it: "600 million a day", "2.4 MB a second", "8.8 h a year". */
export function amount({ value, unit }: Amount): string {
  const [measure = "", period = ""] = unit.split("/");
  const long = PERIODS[period] ?? period;
  const every = long ? ` ${long === "hour" ? "an" : "a"} ${long}` : "";
  if (measure === "1" || measure === "B") {
    for (const [size, prefix, word] of SIZES) {
      if (Math.abs(value) < size) continue;
      return `${figures(value / size)}${measure === "B" ? ` ${prefix}B` : word}${every}`;
    }
  }
  const name = measure === "1" ? "" : measure === "percent" ? "%" : ` ${measure}`;
  return `${figures(value)}${name}${every}`;
}

/** Three figures, without zeros at the end that say nothing. */
function figures(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** How far a sum is off: "10 times too much", "a third of what comes out". */
export function offBy(ratio: number): string {
  return ratio >= 1 ? `${figures(ratio)} times too much` : `${figures(1 / ratio)} times too little`;
}

/** A point's first sentence and what follows it. */
export function headed(text: string): { head: string; rest: string } {
  const read = /^([^.:]{3,90})[.:] (.+)$/s.exec(text);
  return read ? { head: read[1] ?? text, rest: read[2] ?? "" } : { head: text, rest: "" };
}

/** A value that a coach changed, as words: 3, "met", "not assessed". */
export function value(given: unknown): string {
  if (given === null || given === undefined) return "not assessed";
  return String(given).replaceAll("_", " ");
}

export function count(n: number, noun: string, many = `${noun}s`): string {
  return `${n} ${n === 1 ? noun : many}`;
}

/** With a capital at its beginning and a stop at its end. */
export function sentence(text: string): string {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(whole) || !whole ? whole : `${whole}.`;
}
