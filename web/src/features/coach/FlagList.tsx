// Red flags: those stated, those only possible, and what was put right; each can be settled. What a coach has taken from
// the card is named below.
import type { ReactNode } from "react";

import { Tag } from "~/ui/Banner";
import { Button } from "~/ui/Button";
import type { Body, Scorecard } from "~/wire/types";

import { useDesk } from "./desk";
import { Rests } from "./Rests";

type Flag = Body<"FlagResult">;
const WEIGHTS = ["", "light", "middling", "heavy"];

export function FlagList({ card, issued }: { card: Scorecard; issued: Scorecard }) {
  const { open } = useDesk();
  const stated = card.flags.filter((flag) => flag.status === "confirmed" && flag.stated);
  const possible = card.flags.filter((flag) => flag.status === "confirmed" && !flag.stated);
  const recovered = card.flags.filter((flag) => flag.status === "recovered");
  const gone = issued.flags.filter((flag) => !card.flags.some((one) => one.id === flag.id));
  if (card.flags.length + gone.length === 0) return <p className="text-soft">No flag was raised.</p>;
  return (
    <div className="flex flex-col gap-5">
      <Group title="Stated" flags={stated} card={card} />
      <Group title="Possible, and not counted" flags={possible} card={card} />
      <Group title="Put right by the candidate" flags={recovered} card={card} />
      {gone.length > 0 && (
        <section>
          <h3 className="font-medium">Taken from the card</h3>
          <ul>
            {gone.map((flag) => (
              <li key={flag.id} className="flex items-center justify-between gap-3 py-1">
                <s className="text-soft">{flag.name}</s>
                <Button size="s" kind="quiet" aria-label={`Settle again: ${flag.name}`} onClick={() => open({ kind: "settle", flag: flag.id })}>
                  Settle again…
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Group({ title, flags, card }: { title: string; flags: readonly Flag[]; card: Scorecard }): ReactNode {
  if (flags.length === 0) return null;
  return (
    <section>
      <h3 className="font-medium">{title}</h3>
      <ul className="divide-y divide-line">
        {flags.map((flag) => (
          <FlagRow key={flag.id} flag={flag} card={card} />
        ))}
      </ul>
    </section>
  );
}

function FlagRow({ flag, card }: { flag: Flag; card: Scorecard }) {
  const { open, goTo } = useDesk();
  const criterion = card.criteria.find((one) => one.id === flag.criterion)?.name;
  return (
    <li id={`flag-${flag.id}`} tabIndex={-1} className="py-2.5 text-sm">
      <div className="flex items-start justify-between gap-3">
        <p className="text-base">{flag.name}</p>
        <Button size="s" aria-label={`Settle: ${flag.name}`} onClick={() => open({ kind: "settle", flag: flag.id })}>
          Settle…
        </Button>
      </div>
      <p className="flex flex-wrap items-center gap-2 text-faint">
        <Tag tone={flag.severity >= 3 ? "bad" : "none"}>{WEIGHTS[flag.severity] || `weight ${flag.severity}`}</Tag>
        {flag.severity !== flag.base_severity && <span>{WEIGHTS[flag.base_severity]} in general</span>}
        {criterion && <span>{criterion}</span>}
        {!flag.stated && <span>possible</span>}
        {flag.turns.map((turn) => (
          <button key={turn} type="button" className="min-h-6 text-accent underline" onClick={() => goTo(turn)}>
            turn {turn}
          </button>
        ))}
      </p>
      <p className="mt-1">{flag.why}</p>
      <p className="mt-1 text-soft">{flag.advice}</p>
      {flag.settled && (
        <p className="mt-1 text-info">
          Settled by {flag.settled.by}: {flag.settled.reason}
        </p>
      )}
      <Rests ids={flag.evidence} card={card} />
    </li>
  );
}
