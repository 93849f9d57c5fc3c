// How things of the desk are said: levels, states, kinds of acts, and the lines of a card by name.
import type { Body, Scorecard, SessionShown } from "~/wire/types";

type Change = Body<"Change">;
export type Level = number | null;

/** "3", or "not assessed". */
export function level(value: Level | undefined): string {
  return value === null || value === undefined ? "not assessed" : String(value);
}

/** A mean of levels with two decimals; what was not assessed has none. */
export function mean(value: number | null): string {
  return value === null ? "not assessed" : value.toFixed(2);
}

/** "lean-no-hire" as it is read. */
export function recommendation(value: string | null): string {
  return (value ?? "not assessed").replaceAll("-", " ");
}

const STATES: Record<Body<"ItemResult">["state"], string> = {
  met: "Met",
  not_met: "Not met",
  not_observable: "No chance to show",
  disputed: "Disputed",
};

export function itemState(state: Body<"ItemResult">["state"]): string {
  return STATES[state];
}

const CREDITS: Record<Body<"Credit">, string> = {
  unprompted: "unprompted",
  asked: "when asked",
  hinted: "after a hint",
  echo: "an echo of ours",
};

export function credit(value: Body<"Credit">): string {
  return CREDITS[value];
}

export const SETTLINGS: readonly { value: Body<"Settling">["to"]; label: string; hint: string }[] = [
  { value: "confirmed", label: "Stands", hint: "The flag is right, and counts as it is weighed." },
  { value: "recovered", label: "Put right", hint: "It was so at first, and the candidate mended it." },
  { value: "dropped", label: "No fault here", hint: "It goes from the card; the change stays on the list." },
];

const STATUSES: Record<string, string> = { confirmed: "stands", recovered: "put right", dropped: "no fault here" };

/** A flag's status in a word; one that was not on the card has none. */
export function flagStatus(status: string): string {
  return STATUSES[status] ?? (status || "not on the card");
}

/** "senior", "practice", "typed", "attempt 2": what every result must be read with. */
export function stamps(session: SessionShown): string[] {
  const again = session.retry_of ? "a moment again" : `attempt ${session.attempt}`;
  return [session.level, session.mode, session.pace, again];
}

const SECTIONS: Record<string, string> = {
  moment: "The moment that decided most",
  strengths: "Strengths",
  fix: "What to fix first",
  levels: "Levels",
  flags: "Red flags",
  recovered: "What was put right",
  possible: "Possible flags",
  unassessed: "Not assessed",
  sums: "Sums",
  "never-asked": "What was never asked",
  fairness: "Fairness of the interview",
  verdict: "The verdict",
};

/** What a line of a card is: a criterion, an item of one, a flag, a piece of evidence, or a section. */
export type Line =
  | { kind: "criterion"; id: string; name: string }
  | { kind: "item"; id: string; criterion: string; name: string }
  | { kind: "flag"; id: string; name: string }
  | { kind: "evidence"; id: string; turn: number; quote: string; name: string }
  | { kind: "section"; name: string };

type Flags = readonly { id: string; name: string }[];

/** Finds a line of the card by the id by which it was contested or changed; `flags` are those beyond the card's own. */
export function lineOf(card: Scorecard, id: string, flags: Flags = []): Line {
  for (const criterion of card.criteria) {
    if (criterion.id === id) return { kind: "criterion", id, name: criterion.name };
    for (const item of criterion.items) {
      const target = `${criterion.id}/${item.id}`;
      if (target === id || item.id === id) {
        return { kind: "item", id: target, criterion: criterion.id, name: `${criterion.name}: ${item.text}` };
      }
    }
  }
  const flag = [...card.flags, ...flags].find((one) => one.id === id);
  if (flag) return { kind: "flag", id, name: flag.name };
  const row = card.evidence.find((one) => one.id === id);
  if (row && row.polarity !== "absent") {
    return { kind: "evidence", id, turn: row.turn, quote: row.quote, name: `“${row.quote}” (turn ${row.turn})` };
  }
  return { kind: "section", name: SECTIONS[id] ?? id.replace(/^(rf|it|cr|ev)[._]/, "").replaceAll("-", " ") };
}

/** What somebody changed, as a sentence without its name and reason. `name` is the line's, for a title. */
export function changed(change: Change, issued: Scorecard, flags: Flags = []): { name: string; words: string } {
  const { name } = lineOf(issued, change.target, flags);
  switch (change.kind) {
    case "override":
      return { name, words: `${plain(change.was)} → ${plain(change.to)}` };
    case "evidence_added":
      return { name, words: `Words cited ${change.to === "against" ? "against" : "for"} it` };
    case "evidence_dropped":
      return { name: change.quote ? `“${change.quote}”` : name, words: "Evidence dropped" };
    case "flag_settled":
      return { name, words: `${flagStatus(change.was)} → ${flagStatus(change.to)}` };
    case "dismissed":
      return { name: "The interview", words: "Dismissed as invalid" };
  }
}

function plain(value: string): string {
  return value in STATES ? STATES[value as keyof typeof STATES].toLowerCase() : value || "not assessed";
}

/** "once", "twice", "3 times". */
export function times(n: number): string {
  return n === 1 ? "once" : n === 2 ? "twice" : `${n} times`;
}

/** "1 turn", "2 turns". */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
