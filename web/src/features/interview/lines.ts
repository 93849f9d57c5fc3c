// The conversation as lines to show: the turns, with a divider where a phase begins and a mark where a hint was given.
import type { RoomView } from "~/wire/room";
import type { Body, Room, TurnShown } from "~/wire/types";

type Hint = Body<"HintShown">;

export type Line =
  | { kind: "phase"; key: string; name: string }
  | { kind: "turn"; key: string; turn: TurnShown; hint: Hint | null };

/** `hints` holds the hints by the seq after which they were given. */
export function linesOf(room: Room, hints: ReadonlyMap<number, Hint>): Line[] {
  const names = new Map(room.state?.phases.map((phase) => [phase.id, phase.name]));
  const lines: Line[] = [];
  let phase: string | null = null;
  for (const turn of room.turns) {
    if (turn.phase !== null && turn.phase !== phase && turn.state !== "speaking") {
      if (phase !== null) lines.push({ kind: "phase", key: `phase-${turn.seq}`, name: names.get(turn.phase) ?? turn.phase });
      phase = turn.phase;
    }
    const hint = turn.role === "interviewer" ? (hints.get(turn.seq - 1) ?? null) : null;
    lines.push({ kind: "turn", key: turn.cmid ?? turn.turn ?? String(turn.seq), turn, hint });
  }
  return lines;
}

/** What the interviewer is about, for the line under the conversation; null when there is nothing to say. */
export type Floor = "speaking" | "thinking" | "waiting" | "holding" | "yours" | "paused" | "unheard" | null;

/** Who has the floor. An unanswered message means thinking, or waiting while the candidate goes on. */
export function floorOf(view: RoomView, holding: boolean): Floor {
  const { state, turns } = view.room;
  if (state === null || state.state === "ended") return null;
  if (state.state === "paused") return "paused";
  const speaking = turns.find((turn) => turn.state === "speaking");
  if (speaking) return speaking.text ? "speaking" : "thinking";
  const unsent = view.unsent.some((one) => one.state !== "failed");
  if (unsent && view.link.kind !== "connected") return "unheard";
  if (holding) return "holding";
  const last = turns.at(-1);
  if (!last) return "thinking";
  if (last.state === "failed") return "yours";
  if (last.role === "candidate") return view.going ? "waiting" : "thinking";
  return unsent ? "thinking" : "yours";
}

/** Whether the interviewer's last words hold a question. */
export function wasAsked(turns: readonly TurnShown[]): boolean {
  return turns.findLast((turn) => turn.role === "interviewer" && turn.state === "done")?.text.includes("?") ?? false;
}

/** So many words of the candidate's a card needs before it assesses anything; the scorer's own bound. */
export const ENOUGH_WORDS = 120;

/** How many words the candidate has said. */
export function wordsSaid(turns: readonly TurnShown[]): number {
  return turns.reduce((sum, turn) => sum + (turn.role === "candidate" ? turn.text.split(/\s+/).filter(Boolean).length : 0), 0);
}
