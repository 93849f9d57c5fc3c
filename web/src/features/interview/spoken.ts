// What a screen reader is told of the conversation: that an answer is coming, then its words once. Never letter by letter.
import type { Body, Room } from "~/wire/types";

/** The announcements that a change of the room gives, in order. */
export function spokenBetween(before: Room, now: Room, how: Body<"Preferences">["announce"]): string[] {
  if (how === "off" || now === before) return [];
  const said: string[] = [];
  const known = new Map(before.turns.map((turn) => [turn.turn ?? String(turn.seq), turn]));
  for (const turn of now.turns) {
    if (turn.role !== "interviewer") continue;
    const old = known.get(turn.turn ?? String(turn.seq));
    if (turn === old || (old && old.state === "done")) continue;
    if (turn.state === "speaking" && old?.state !== "speaking") said.push("Interviewer is replying");
    if (turn.state === "failed") said.push("The answer did not come through.");
    else if (how === "sentence") said.push(added(old, turn));
    else if (turn.state === "done") said.push(`Interviewer: ${turn.text}`);
  }
  return said.filter((words) => words !== "");
}

/** What came to a turn since; all of it where it was begun anew or put differently at the end. */
function added(old: Room["turns"][number] | undefined, turn: Room["turns"][number]): string {
  const before = old?.text ?? "";
  return turn.text.startsWith(before) ? turn.text.slice(before.length).trim() : turn.text;
}
