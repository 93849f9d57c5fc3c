// Whether a contested line was answered: by words to it that the candidate can read, or by a change of that very line.
import type { Body } from "~/wire/types";

export type Contest = Body<"ContestShown">;
export type Answer = { words: string; by: string; at: string };
type Said = { comments: readonly Body<"CommentShown">[]; changes: readonly Body<"Change">[] };

/** The latest answer since the line was contested; null where it still waits. */
export function answerTo(contest: Contest, { comments, changes }: Said): Answer | null {
  const since = (one: { at: string }) => Date.parse(one.at) >= Date.parse(contest.at);
  const words: Answer[] = comments
    .filter((one) => one.line === contest.line && one.shared && since(one))
    .map(({ text, by, at }) => ({ words: text, by, at }));
  const acts: Answer[] = changes
    .filter((one) => one.kind !== "dismissed" && isOf(one.target, contest.line) && since(one))
    .map(({ reason, by, at }) => ({ words: `Changed: ${reason}`, by, at }));
  return [...words, ...acts].sort((a, b) => Date.parse(b.at) - Date.parse(a.at))[0] ?? null;
}

/** An item may be named with its criterion or without. */
function isOf(target: string, line: string): boolean {
  return target === line || target.endsWith(`/${line}`);
}
