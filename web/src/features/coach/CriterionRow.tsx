// One criterion: one's own level, the scorer's and the one that holds, with the items and the words behind it on demand.
import { useEffect, useState } from "react";

import { Tag } from "~/ui/Banner";
import { Button, IconButton } from "~/ui/Button";
import { classes } from "~/ui/classes";
import { MoreIcon } from "~/ui/icons";
import { Menu } from "~/ui/Menu";
import type { Body, Scorecard } from "~/wire/types";

import { useDesk } from "./desk";
import { Rests } from "./Rests";
import type { Row } from "./rows";
import { credit, itemState, level } from "./words";

type Item = Body<"ItemResult">;

export function CriterionRow({ row, card }: { row: Row; card: Scorecard }) {
  const { light } = useDesk();
  const [unfolded, setUnfolded] = useState(false);
  useEffect(() => {
    if (!unfolded) return;
    light(row.id, true);
    return () => light(row.id, false);
    // `light` is made anew with every render and always does the same.
  }, [unfolded, row.id]);
  return (
    <details
      id={`criterion-${row.id}`}
      className="group border-b border-line"
      onToggle={(event) => event.target === event.currentTarget && setUnfolded(event.currentTarget.open)}
    >
      <summary className="grid min-h-10 grid-cols-[minmax(0,1fr)_2.5rem_3rem_2.5rem] items-center gap-x-2 rounded-small px-1 marker:content-none hover:bg-sunken">
        <span className="flex min-w-0 items-baseline gap-2">
          <span aria-hidden="true" className="text-faint transition-transform group-open:rotate-90">
            ›
          </span>
          <span className="min-w-0">
            {row.name} {row.apart !== null && row.apart !== 0 && <Apart apart={row.apart} />}
          </span>
        </span>
        <Figure label="Yours" value={row.own === undefined ? "" : short(row.own)} />
        <Figure label="Scorer" value={short(row.issued)} struck={row.now !== row.issued} />
        <Figure label="Now" value={short(row.now)} strong />
      </summary>
      {/* Hundreds of items in all: those of a folded row are not built. */}
      {unfolded && <Behind row={row} card={card} />}
    </details>
  );
}

function Behind({ row, card }: { row: Row; card: Scorecard }) {
  const { open } = useDesk();
  const { criterion } = row;
  return (
    <div className="px-1 pt-1 pb-4 text-sm">
      <p className="text-soft">{criterion.unassessed ?? criterion.path}</p>
      {criterion.interval && criterion.interval[0] !== criterion.interval[1] && (
        <p className="text-soft">
          Somewhere from {criterion.interval[0]} to {criterion.interval[1]}, as sure as the words allow.
        </p>
      )}
      {criterion.why_not_next && (
        <p className="mt-1">
          <span className="text-faint">Cheapest way up: </span>
          {criterion.why_not_next}
        </p>
      )}
      <div className="mt-2">
        <Button size="s" onClick={() => open({ kind: "level", criterion: row.id })}>
          Change the level…
        </Button>
      </div>
      <ul className="mt-3 divide-y divide-line">
        {criterion.items.map((item) => (
          <ItemRow key={item.id} item={item} target={`${row.id}/${item.id}`} card={card} assessed={criterion.level !== null} />
        ))}
      </ul>
    </div>
  );
}

function ItemRow({ item, target, card, assessed }: { item: Item; target: string; card: Scorecard; assessed: boolean }) {
  const { open, review } = useDesk();
  const to = (state: "met" | "not_met" | "not_observable", label: string, disabled = false) => ({
    label,
    disabled: disabled || item.state === state,
    onSelect: () => open({ kind: "item", target, to: state }),
  });
  const firstTurn = review.room.turns.find((turn) => turn.role === "candidate" && turn.n !== null)?.n ?? 1;
  return (
    <li className="py-2">
      <div className="flex items-start gap-2">
        <div className="min-w-0 grow">
          <p>{item.text}</p>
          <p className="mt-0.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-faint">
            <Tag tone={item.state === "met" ? "good" : item.state === "disputed" ? "warn" : "none"}>{itemState(item.state)}</Tag>
            <span>{TIERS[item.tier]}</span>
            {item.credit && item.state === "met" && <span>{credit(item.credit)}</span>}
          </p>
        </div>
        <Menu
          label="Change this item"
          trigger={
            <IconButton label={`Change: ${item.text}`} className="-mt-1.5">
              <MoreIcon />
            </IconButton>
          }
          items={[
            to("met", "It was met…"),
            // What had no chance to be shown cannot be missed; the level must be given first.
            to("not_met", "It was not met…", !assessed),
            to("not_observable", "It had no chance to be shown…"),
            "line",
            { label: "Cite words for or against it…", onSelect: () => open({ kind: "cite", turn: firstTurn, span: null, target }) },
          ]}
        />
      </div>
      <Rests ids={item.evidence} card={card} />
    </li>
  );
}

const TIERS: Record<Item["tier"], string> = { must: "basic", good: "good", rare: "rare" };

function Figure({ label, value, strong, struck }: { label: string; value: string; strong?: boolean; struck?: boolean }) {
  return (
    <span className={classes("text-center tabular-nums", strong ? "font-medium" : "text-soft", struck && "line-through decoration-1")}>
      <span className="sr-only">{label}: </span>
      {value || <span className="sr-only">not given</span>}
    </span>
  );
}

function Apart({ apart }: { apart: number }) {
  const much = Math.abs(apart) > 1;
  return (
    <span className={classes("text-sm whitespace-nowrap", much ? "text-bad" : "text-warn")}>
      {apart > 0 ? `you +${apart}` : `you −${-apart}`}
    </span>
  );
}

/** A level in a narrow column: a dash for what was not assessed, read aloud in full. */
function short(value: Row["now"]): string {
  return value === null ? "–" : level(value);
}
