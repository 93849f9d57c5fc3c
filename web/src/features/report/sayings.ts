// The sentences of a card: what stands behind its words and numbers, said as a person would.
import { day, lasted } from "~/ui/format";
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

/** What was not heard of an observable, said to the candidate. Cards of older rubrics have only the rubric's own words. */
export function unheard({ you, text }: Pick<Body<"ItemResult">, "you" | "text">): string {
  return you ? `I did not hear you ${you}.` : `Not heard: ${text}`;
}

/** An observable as it is said to the candidate: "You name the price of your own choice.", else "Name the price …". */
export function observable({ you, text, state }: Pick<Body<"ItemResult">, "you" | "text" | "state">): string {
  if (!you) return text;
  return state === "met" ? `You ${you}.` : sentence(you);
}

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

/** Where the rubric has a flag from: 'note 002 (what kills answers) and note 004 (mistakes)'. */
export function sources(given: readonly string[]): string {
  const said = given.map((one) => {
    const read = /^(\d{3})#(?:\d+ )?(.+)$/.exec(one);
    return read ? `note ${read[1]} (${(read[2] ?? "").replaceAll("-", " ")})` : one;
  });
  const last = said.pop() ?? "";
  return said.length > 0 ? `${said.join(", ")} and ${last}` : last;
}

/** "severity 3", with the catalogue's own where this problem or level weighs it differently. */
export function severity(flag: Flag): string {
  return `severity ${flag.severity} of 3${flag.severity === flag.base_severity ? "" : `, ${flag.base_severity} as a rule`}`;
}

const SIZES: readonly [number, string, string][] = [
  [1e15, "P", " quadrillion"],
  [1e12, "T", " trillion"],
  [1e9, "G", " billion"],
  [1e6, "M", " million"],
  [1e3, "K", ""],
];

const PERIODS: Record<string, string> = { s: "second", h: "hour", min: "minute" };

/** A number as people say it: "600 million a day", "2.4 MB a second", "8.8 h a year". */
export function amount({ value, unit }: Amount): string {
  const [measure = "", period = ""] = unit.split("/");
  const long = PERIODS[period] ?? period;
  const every = long ? ` ${long === "hour" ? "an" : "a"} ${long}` : "";
  if (measure === "1" || measure === "B") {
    for (const [size, prefix, word] of SIZES) {
      if (Math.abs(value) < size || (measure === "1" && !word)) continue;
      return `${figures(value / size)}${measure === "B" ? ` ${prefix}B` : word}${every}`;
    }
  }
  if (measure === "1" && !period && value > 0 && value < 0.1) return `1 in ${figures(1 / value)}`;
  const name = measure === "1" ? "" : measure === "percent" ? "%" : ` ${measure}`;
  return `${figures(value)}${name}${every}`;
}

/** Three figures, without zeros at the end that say nothing, thousands parted. */
function figures(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString("en-GB", { maximumSignificantDigits: 3 });
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

/** Who read an interview, as the card names them. */
export function reader(who: string): string {
  return who === "offline" ? "the offline scorer" : `the model ${who.replace(/^llm:/, "")}`;
}

/** "Practice for senior, 21 Nov 2026, 38 minutes at a typed pace, attempt 2". */
export function heldOn({ mode, level, started_at, lasted: took, minutes, pace, attempt, retry_of }: Body<"SessionShown">): string {
  const what = retry_of ? "a moment taken up again" : mode;
  const again = attempt > 1 && !retry_of ? `, attempt ${attempt}` : "";
  return `${what} for ${level}, ${day(started_at)}, ${lasted(took ?? minutes)} at a ${pace} pace${again}`;
}
