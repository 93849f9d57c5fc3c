// The whole card in the order that helps: the moment, strengths, fixes, levels, what was put right, flags, and the rest.
// The verdict comes last.
import type { ReactNode } from "react";

import { lasted } from "~/ui/format";
import type { Scorecard } from "~/wire/types";

import { Disputed } from "./Disputed";
import { Possible, Recovered, RedFlags, TakenOff } from "./Flags";
import { Levels } from "./Levels";
import { Fixes, Moment, Strengths } from "./Points";
import { FairnessPart, NeverAsked, OnPaper, Sums, TooLittle, Unassessed, Verdict } from "./Rest";
import { KINDS, reader } from "./sayings";

type Props = {
  card: Scorecard;
  /** What stands between the fixes and the levels, such as what one thought beforehand. */
  middle?: ReactNode;
};

/** Needs a ReadingContext around it. */
export function Card({ card, middle }: Props) {
  const assessed = card.criteria.filter((one) => one.level !== null);
  const unassessed = card.criteria.filter((one) => one.level === null);
  const stated = card.flags.filter((one) => one.stated);
  const recovered = stated.filter((one) => one.status === "recovered");
  const confirmed = stated.filter((one) => one.status === "confirmed");
  const praised = card.decided_most?.refs.some((ref) => ref.startsWith("it.")) ?? false;
  const possible = card.flags.filter((one) => !one.stated);
  return (
    <div className="flex flex-col gap-14 print:gap-8">
      <OnPaper card={card} />
      {card.decided_most && <Moment point={card.decided_most} />}
      {(card.strengths.length > 0 || (assessed.length > 0 && !praised)) && <Strengths points={card.strengths} />}
      {assessed.length === 0 && <TooLittle criteria={unassessed} />}
      {(assessed.length > 0 || card.fix_first.length > 0) && <Fixes points={card.fix_first} />}
      {middle}
      <Disputed card={card} />
      {assessed.length > 0 && <Levels criteria={assessed} />}
      {recovered.length > 0 && <Recovered flags={recovered} />}
      {(assessed.length > 0 || confirmed.length > 0) && <RedFlags flags={confirmed} />}
      <TakenOff />
      {card.estimates.length > 0 && <Sums sums={card.estimates} />}
      {assessed.length > 0 && unassessed.length > 0 && <Unassessed criteria={unassessed} />}
      <div className="flex flex-col gap-4">
        {possible.length > 0 && <Possible flags={possible} />}
        {card.never_asked.length > 0 && <NeverAsked lines={card.never_asked} />}
        <FairnessPart card={card} />
        <Verdict card={card} />
      </div>
      <Stamp card={card} />
    </div>
  );
}

/** How the interview was held and who scored it. */
function Stamp({ card }: { card: Scorecard }) {
  const held = card.conditions;
  const parts = [
    `Level ${card.level}`,
    KINDS[card.kind],
    held.mode && `${held.mode} mode`,
    held.pace && `${held.pace} pace`,
    held.minutes !== null && lasted(held.minutes),
    held.hints === 0 ? "no hints" : `${held.hints} ${held.hints === 1 ? "hint" : "hints"}`,
    held.attempt > 1 && `attempt ${held.attempt}`,
  ].filter(Boolean);
  return (
    <footer className="border-t border-line pt-4 text-sm text-faint">
      <p>{parts.join(" · ")}</p>
      <p>
        Scored by {card.by.map(reader).join(", ")}, rubric{" "}
        {card.rubric.name.replaceAll("_", " ")}{" "}
        <span className="font-mono text-xs">{card.rubric.version.replace("sha256:", "").slice(0, 12)}</span>.
        {card.recommendation_indicative && " This card is indicative: it helps to practise, and decides nothing about anybody."}
      </p>
      {card.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </footer>
  );
}
