// What the interviewer sees on the board: a line that opens the list, with whatever is odd named in words.
import { Popover } from "radix-ui";

import { Button } from "~/ui/Button";
import { DownIcon } from "~/ui/icons";
import type { BoardSeen } from "~/wire/types";

import { boardSummary, oddities } from "./words";

// Other roles are ids of the problem's own parts, and mean nothing to a reader.
const GENERAL: ReadonlySet<string> = new Set(["client", "queue", "cache", "store"]);

interface Props {
  board: BoardSeen | null;
  /** The board was changed since the interviewer last looked. */
  behind: boolean;
}

export function BoardSeenLine({ board, behind }: Props) {
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <Button size="s" kind="quiet" className="-ml-2">
          Interviewer sees: {boardSummary(board)}
          <DownIcon />
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          side="top"
          align="start"
          sideOffset={8}
          collisionPadding={12}
          aria-label="What the interviewer sees on the board"
          className="z-40 max-h-[60dvh] w-96 max-w-[calc(100vw-1.5rem)] overflow-y-auto rounded-large border border-line bg-raised p-4 text-sm shadow-float motion-safe:animate-appear"
        >
          {behind && <p className="mb-2 text-faint">You have drawn since; it is being looked at.</p>}
          {board === null || (board.parts.length === 0 && board.links.length === 0) ? (
            <p className="text-soft">
              Nothing yet. The interviewer looks at the board whenever it is saved. Boxes with labels and arrows
              that touch them are read best.
            </p>
          ) : (
            <Seen board={board} />
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Seen({ board }: { board: BoardSeen }) {
  const names = new Map(board.parts.map((part) => [part.id, part.label || "a box without a label"]));
  const name = (id: string) => names.get(id) ?? "nothing";
  return (
    <>
      {board.lint.length > 0 && (
        <ul className="mb-3 list-disc rounded-m bg-warn-wash py-2 pr-3 pl-7">
          {oddities(board.lint).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      <h3 className="font-medium">Parts</h3>
      <ul className="mb-3 list-disc pl-5">
        {board.parts.map((part) => (
          <li key={part.id}>
            {part.label || <em>no label</em>}
            {GENERAL.has(part.role) && <span className="text-faint">, read as a {part.role}</span>}
          </li>
        ))}
      </ul>
      {board.links.length > 0 && (
        <>
          <h3 className="font-medium">Links</h3>
          <ul className="list-disc pl-5">
            {board.links.map((link, index) => (
              <li key={index}>
                {link.bound ? (
                  <>
                    {name(link.from)} → {name(link.to)}
                  </>
                ) : (
                  <>
                    {link.from || link.to ? `${name(link.from || link.to)}: an arrow with a loose end` : "An arrow with two loose ends"}
                  </>
                )}
                {link.label && <span className="text-faint">, “{link.label}”</span>}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
