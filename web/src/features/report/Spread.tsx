// The card with the conversation beside it; where there is little room, the conversation stands below.
import { type ReactNode, useEffect, useMemo } from "react";

import { Button } from "~/ui/Button";
import type { Body } from "~/wire/types";

import { Card } from "./Card";
import type { Passage } from "./passages";
import { isQuoted, type Reading, ReadingContext } from "./reading";
import { Transcript } from "./Transcript";
import { useJumps } from "./useJumps";

type Props = {
  reading: Omit<Reading, "jump">;
  /** Above the card, such as what a coach wrote. */
  before?: ReactNode;
  /** Within the card, between the fixes and the levels. */
  middle?: ReactNode;
  after?: ReactNode;
  /** Above the conversation, such as the boards. */
  beside?: ReactNode;
  comments?: readonly Body<"CommentShown">[];
  candidate: string;
};

export function Spread({ reading, before, middle, after, beside, comments = [], candidate }: Props) {
  const { shown, jump, back } = useJumps();
  const cited = useMemo(() => citedIn(reading), [reading]);
  useOpenOnPaper();
  return (
    <ReadingContext value={{ ...reading, jump }}>
      <div className="min-[1100px]:grid min-[1100px]:grid-cols-[minmax(0,1fr)_minmax(22rem,30rem)] min-[1100px]:gap-10 print:block">
        <div className="flex min-w-0 flex-col gap-10">
          {before}
          <Card card={reading.card} middle={middle} />
          {after}
        </div>
        <div className="mt-12 min-w-0 min-[1100px]:mt-0 print:mt-0 print:break-before-page">
          <div
            className="min-[1100px]:sticky min-[1100px]:top-4 min-[1100px]:max-h-[calc(100dvh-2rem)] min-[1100px]:overflow-y-auto min-[1100px]:rounded-large min-[1100px]:border min-[1100px]:border-line min-[1100px]:bg-panel min-[1100px]:p-5 print:static print:max-h-none print:overflow-visible print:border-0 print:p-0"
            tabIndex={0}
            role="region"
            aria-label="The conversation"
            data-pane
          >
            {beside}
            <h2 className="mb-3 font-serif text-xl" id="transcript">
              The conversation
            </h2>
            <Transcript shown={shown} cited={cited} comments={comments} candidate={candidate} />
          </div>
        </div>
      </div>
      {back && (
        <div className="no-print fixed bottom-5 left-1/2 z-30 -translate-x-1/2 min-[1100px]:right-12 min-[1100px]:bottom-8 min-[1100px]:left-auto min-[1100px]:translate-x-0">
          <Button kind="primary" className="shadow-float" onClick={back}>
            ← Back to where you were
          </Button>
        </div>
      )}
    </ReadingContext>
  );
}

/** The passages that the first parts of the card quote. Those of all flags would underline whole turns. */
function citedIn({ card, rows }: Pick<Reading, "card" | "rows">): Passage[] {
  const ids = [
    ...(card.decided_most?.evidence ?? []),
    ...card.strengths.flatMap((one) => one.evidence),
    ...card.fix_first.flatMap((one) => one.evidence),
  ];
  return [...new Set(ids)].flatMap((id) => {
    const row = rows.get(id);
    return row && isQuoted(row) ? [row] : [];
  });
}

/** On paper the folded parts are open; afterwards everything is as it was. */
function useOpenOnPaper(): void {
  useEffect(() => {
    let opened: HTMLDetailsElement[] = [];
    const open = () => {
      opened = [...document.querySelectorAll<HTMLDetailsElement>("main details[data-on-paper]:not([open])")];
      for (const one of opened) one.open = true;
    };
    const close = () => {
      for (const one of opened) one.open = false;
    };
    addEventListener("beforeprint", open);
    addEventListener("afterprint", close);
    return () => {
      removeEventListener("beforeprint", open);
      removeEventListener("afterprint", close);
    };
  }, []);
}
