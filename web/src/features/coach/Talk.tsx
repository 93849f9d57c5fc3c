// The conversation, turn by turn, with the words that count marked once the card may be seen. Words of the candidate's can
// be selected and cited.
import { useEffect, useMemo, useState } from "react";

import { Button } from "~/ui/Button";

import { boardsByTurn } from "./boards";
import { useDesk } from "./desk";
import { type Span, selectedIn } from "./points";
import { quotesByTurn, subjects, subjectsOf } from "./rows";
import { TurnRow } from "./TurnRow";

export function Talk() {
  const { review, lit: litNow } = useDesk();
  const { room, card } = review;
  const quotes = useMemo(() => quotesByTurn(card), [card]);
  const lit = useMemo(() => subjectsOf(card, litNow), [card, litNow]);
  const names = useMemo(() => (card ? subjects(card) : new Map<string, string>()), [card]);
  const boards = useMemo(() => boardsByTurn(review.boards, room.turns), [review.boards, room.turns]);
  const moves = useMemo(() => new Map(review.moves.map((move) => [move.turn, move])), [review.moves]);
  const phases = new Map(room.state?.phases.map((phase) => [phase.id, phase.name]));
  const begun = room.turns[0]?.at ?? review.session.started_at;
  let phase: string | null = null;
  return (
    <div className="rounded-m border border-line bg-panel px-4 py-2 sm:px-5">
      {card && lit && (
        <p className="sticky top-0 z-10 -mx-4 border-b border-line bg-panel px-4 py-1.5 text-sm text-soft max-lg:hidden sm:-mx-5 sm:px-5">
          Marked are the words behind {card.criteria.filter((one) => litNow.has(one.id)).map((one) => one.name).join(", ")}. Fold{" "}
          {litNow.size === 1 ? "it" : "them"} to see all.
        </p>
      )}
      {room.turns.map((turn) => {
        const enters = turn.phase !== null && turn.phase !== phase;
        phase = turn.phase ?? phase;
        return (
          <div key={turn.seq}>
            {enters && <h3 className="mt-3 border-b border-line pb-1 text-sm text-faint">{phases.get(turn.phase ?? "") ?? turn.phase}</h3>}
            <TurnRow
              turn={turn}
              begun={begun}
              quotes={turn.n === null ? [] : (quotes.get(turn.n) ?? [])}
              names={names}
              lit={lit}
              board={turn.n === null ? undefined : boards.get(turn.n)}
              move={turn.n === null ? undefined : moves.get(turn.n)}
            />
          </div>
        );
      })}
      {!review.hidden && <CiteWhatIsSelected />}
    </div>
  );
}

/** A button beside the selection, as long as it lies in one turn of the candidate's. */
function CiteWhatIsSelected() {
  const { open } = useDesk();
  const [selected, setSelected] = useState<{ turn: number; span: Span; left: number; top: number } | null>(null);
  useEffect(() => {
    const look = () => {
      const selection = getSelection();
      const from = selection?.anchorNode?.parentElement?.closest<HTMLElement>("[data-said]");
      const to = selection?.focusNode?.parentElement?.closest<HTMLElement>("[data-said]");
      const span = from && from === to ? selectedIn(from, selection) : null;
      if (!from || !span || !selection) return setSelected(null);
      const box = selection.getRangeAt(0).getBoundingClientRect();
      setSelected({
        turn: Number(from.dataset["said"]),
        span,
        left: Math.min(Math.max(8, box.left), innerWidth - 190),
        top: box.bottom + 6 > innerHeight - 48 ? box.top - 42 : box.bottom + 6,
      });
    };
    const hide = () => setSelected(null);
    document.addEventListener("selectionchange", look);
    addEventListener("scroll", hide, true);
    return () => {
      document.removeEventListener("selectionchange", look);
      removeEventListener("scroll", hide, true);
    };
  }, []);
  if (!selected) return null;
  return (
    <div className="fixed z-30 shadow-float" style={{ left: selected.left, top: selected.top }}>
      <Button
        size="s"
        kind="primary"
        // Pressing it must not take the selection away before it is read.
        onPointerDown={(event) => event.preventDefault()}
        onClick={() => {
          open({ kind: "cite", turn: selected.turn, span: selected.span });
          setSelected(null);
        }}
      >
        Cite for or against…
      </Button>
    </div>
  );
}
