// The card as it holds now, with what the scorer issued and one's own levels beside it.
import { useState } from "react";

import { Tag } from "~/ui/Banner";
import { Panel } from "~/ui/Page";
import { Tabs } from "~/ui/Tabs";
import type { Scorecard } from "~/wire/types";

import { Changes } from "./Changes";
import { Notes } from "./Comments";
import { CriterionRow } from "./CriterionRow";
import { useDesk } from "./desk";
import { FlagList } from "./FlagList";
import { MyLevels } from "./MyLevels";
import { nearness, rowsOf } from "./rows";
import { mean, recommendation } from "./words";

export function CardSide() {
  const { review } = useDesk();
  const [tab, setTab] = useState("levels");
  const { card, issued } = review;
  if (!card || !issued) return null;
  return (
    <Panel>
      <Overall card={card} issued={issued} />
      <Tabs
        label="The card"
        value={tab}
        onChange={setTab}
        tabs={[
          { id: "levels", label: "Levels", content: <Levels card={card} issued={issued} /> },
          { id: "flags", label: `Flags ${card.flags.length}`, content: <FlagList card={card} issued={issued} /> },
          { id: "changes", label: `Changes ${review.changes.length}`, content: <Changes issued={issued} /> },
          { id: "notes", label: `Notes ${review.comments.length}`, content: <Notes /> },
        ]}
      />
    </Panel>
  );
}

type Cards = { card: Scorecard; issued: Scorecard };

function Overall({ card, issued }: Cards) {
  const changed = mean(card.overall) !== mean(issued.overall) || card.recommendation !== issued.recommendation;
  return (
    <div className="mb-3">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span className="font-serif text-2xl tabular-nums">{mean(card.overall)}</span>
        <span className="font-medium first-letter:uppercase">{recommendation(card.recommendation)}</span>
        {card.recommendation_indicative && <Tag>indicative</Tag>}
      </p>
      {changed && (
        <p className="text-sm text-soft">
          As issued: {mean(issued.overall)}, {recommendation(issued.recommendation)}.
        </p>
      )}
      {card.indicative_why && <p className="mt-1 text-sm text-faint">{card.indicative_why}</p>}
    </div>
  );
}

function Levels({ card, issued }: Cards) {
  const { review } = useDesk();
  const rows = rowsOf(card, issued, review.own);
  return (
    <div>
      <p className="mb-2 text-sm text-soft">{nearness(rows)}</p>
      <div
        aria-hidden="true"
        className="grid grid-cols-[minmax(0,1fr)_2.5rem_3rem_2.5rem] gap-x-2 border-b border-line px-1 pb-1 text-xs text-faint"
      >
        <span>Criterion</span>
        <span className="text-center">You</span>
        <span className="text-center">Scorer</span>
        <span className="text-center">Now</span>
      </div>
      {rows.map((row) => (
        <CriterionRow key={row.id} row={row} card={card} />
      ))}
      <MyLevels />
    </div>
  );
}
