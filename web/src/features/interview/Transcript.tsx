// A conversation that is over, to be read.
import type { Room } from "~/wire/types";

import { linesOf } from "./lines";
import { TurnLine } from "./TurnLine";
import type { Hints } from "./useLive";

const NO_HINTS: Hints = new Map();

export function Transcript({ room }: { room: Room }) {
  return (
    <div className="flex flex-col gap-5">
      {linesOf(room, NO_HINTS).map((line) =>
        line.kind === "phase" ? (
          <h3 key={line.key} className="border-b border-line pb-1 text-sm text-faint">
            {line.name}
          </h3>
        ) : (
          <TurnLine key={line.key} turn={line.turn} hint={line.hint} onSay={null} />
        ),
      )}
    </div>
  );
}
