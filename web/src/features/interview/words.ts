// The sentences of the room: what stands behind a state, said plainly.
import type { BoardSeen, NackCode, SessionState, TurnShown } from "~/wire/types";

type Odd = BoardSeen["lint"][number];

/** Said at an answer that the model was to give. */
export const STOOD_IN = "Said by the offline interviewer: the model gave no answer that could be used.";

/** Who is on the other side, said so that nobody takes it for something else: where the model failed last, who stands in. */
export function whoInterviews(by: string, turns: readonly TurnShown[] = []): string {
  if (by === "offline") return "Offline interviewer: rules and written lines, no model";
  // Some sentences are said by heart, whoever interviews; they do not tell whether the model is there.
  const last = turns.findLast((turn) => turn.role === "interviewer" && turn.state === "done" && (turn.stood_in || turn.by !== "offline"));
  return last?.stood_in ? `Interviewer: offline, for the model ${by}` : `Interviewer: the model ${by}`;
}

/** Why an interview is over. */
export function whyOver(state: SessionState): string {
  switch (state.why) {
    case "closed":
      return "The interview came to its close.";
    case "candidate":
      return "You ended the interview.";
    case "time":
      return "The time was up.";
    case "idle":
      return "Nothing was said for a long while, so the interview was closed.";
    default:
      return "The interview is over.";
  }
}

/** Why a message was not taken. The server takes none while the clock stands still, and says the same as at the end. */
export function whyNot(code: NackCode | null, state: SessionState["state"]): string {
  switch (code) {
    case "too_long":
      return "Not sent: it is too long. Cut it into two.";
    case "closed":
      if (state === "paused") return "Not sent: the clock is stopped. Resume, then try again.";
      return state === "ended" ? "Not sent: the interview is over." : "Not sent: the clock was stopped.";
    case "conflict":
      return "Not sent: it was sent before with other words.";
    case "invalid":
      return "Not sent: there is something in it that cannot be stored.";
    default:
      return "Not sent.";
  }
}

/** What is odd on the board, a sentence each; boxes that merely stand alone share one. */
export function oddities(found: readonly Odd[]): string[] {
  const alone = found.filter((one) => one.kind === "isolated" && one.label).map((one) => `“${one.label}”`);
  const rest = found.filter((one) => alone.length < 2 || one.kind !== "isolated" || !one.label).map(odd);
  const joined = `${alone.slice(0, -1).join(", ")} and ${alone.at(-1)} are not connected to anything.`;
  return [...new Set(alone.length < 2 ? rest : [joined, ...rest])];
}

function odd(one: Odd): string {
  const name = one.label ? `“${one.label}”` : "A box";
  switch (one.kind) {
    case "unlabelled":
      return "A box has no label.";
    case "isolated":
      return `${name} is not connected to anything.`;
    case "loose_arrow":
      return one.label ? `The arrow at “${one.label}” ends loose.` : "An arrow hangs loose.";
    case "queue_without_consumer":
      return `Nothing reads from ${name}.`;
    case "cache_without_source":
      return `Nothing fills ${name}.`;
    case "sole":
      return `There is only one ${name}.`;
    case "no_path_to_store":
      return "No path leads from a client to where data is kept.";
    default:
      return `${name}: something is odd.`;
  }
}

/** "6 parts, 7 links, 1 loose". */
export function boardSummary(board: BoardSeen | null): string {
  if (!board || (board.parts.length === 0 && board.links.length === 0)) return "nothing yet";
  const loose = board.links.filter((link) => !link.bound).length;
  const said = [count(board.parts.length, "part"), count(board.links.length, "link")];
  if (loose > 0) said.push(`${loose} loose`);
  return said.join(", ");
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
