// Whether the candidate had a fair interview, before anybody is judged: one line, and everything behind it on demand.
import type { ReactNode } from "react";

import { classes } from "~/ui/classes";
import type { Body } from "~/wire/types";

import { useDesk } from "./desk";
import { count, times } from "./words";

type Fairness = Body<"FairnessShown">;
type Minutes = Body<"MinutesOn">;

export function FairnessHead() {
  const { review, goTo } = useDesk();
  const { fairness } = review;
  const ours = fairness.failed_turns + fairness.cut_off_turns + fairness.restarted_turns + fairness.stood_in_turns;
  return (
    <details className="group rounded-m border border-line bg-panel">
      <summary className="flex min-h-11 flex-wrap items-baseline gap-x-3 px-4 py-2.5 marker:content-none">
        <span aria-hidden="true" className="text-faint transition-transform group-open:rotate-90">
          ›
        </span>
        <h2 className="font-serif text-lg">Was it fair?</h2>
        <span className="text-soft">{summary(fairness)}</span>
      </summary>
      <div className="grid gap-x-8 gap-y-5 border-t border-line px-4 py-4 text-sm md:grid-cols-2 xl:grid-cols-4">
        <Part title="Offered">
          <Offers offers={fairness.offered} none="Nothing was offered." />
        </Part>
        <Part title="Never offered">
          {fairness.not_offered.length === 0 ? (
            <p className="text-soft">Everything that is scored had its chance.</p>
          ) : (
            <>
              <p className="text-soft">Nobody asked about these. What was shown unasked still counts; what was not is not held against the candidate.</p>
              <ul className="mt-1 list-disc pl-5">
                {fairness.not_offered.map((name) => (
                  <li key={name}>{name}</li>
                ))}
              </ul>
            </>
          )}
        </Part>
        <Part title="Where the minutes went">
          <Bars title="By phase" minutes={fairness.minutes_by_phase} />
          <Bars title="By topic" minutes={fairness.minutes_by_topic} />
        </Part>
        <Part title="Hints, and our own faults">
          <Offers offers={fairness.hints} none="No hint was given." />
          <ul className={classes("mt-2", ours > 0 ? "text-warn" : "text-soft")}>
            <li>{count(fairness.failed_turns, "answer")} of ours failed</li>
            <li>{count(fairness.cut_off_turns, "answer")} of ours cut off</li>
            <li>{count(fairness.restarted_turns, "answer")} of ours begun anew</li>
            {fairness.stood_in_turns > 0 && <li>{count(fairness.stood_in_turns, "answer")} by the offline interviewer, since the model failed</li>}
          </ul>
          <p className="mt-2 text-soft">
            {fairness.picked_against_rank === 0 ? (
              "Every move was the first in rank."
            ) : (
              <>
                In {count(fairness.picked_against_rank, "turn")} another move than the first in rank was made; the reasons stand there:{" "}
                {review.moves
                  .filter((move) => move.picked_by !== "director")
                  .map((move) => (
                    <button key={move.turn} type="button" onClick={() => goTo(move.turn)} className="mr-2 min-h-6 text-accent underline">
                      turn {move.turn}
                    </button>
                  ))}
              </>
            )}
          </p>
        </Part>
      </div>
    </details>
  );
}

function summary(fairness: Fairness): string {
  const said = [
    `${count(fairness.offered.length, "thing")} offered`,
    fairness.not_offered.length > 0 ? `${fairness.not_offered.length} never asked about` : "nothing left out",
    fairness.hints.length > 0 ? count(fairness.hints.length, "hint") : "no hints",
  ];
  const ours = fairness.failed_turns + fairness.cut_off_turns;
  if (fairness.stood_in_turns > 0) said.push(`the model failed ${times(fairness.stood_in_turns)}`);
  if (ours > 0) said.push(`${count(ours, "answer")} of ours failed or cut off`);
  if (ours + fairness.stood_in_turns === 0) said.push("no fault of ours");
  if (fairness.picked_against_rank > 0) said.push(`${count(fairness.picked_against_rank, "move")} against rank`);
  return `${said.join(", ")}.`;
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="min-w-0">
      <h3 className="mb-1 font-medium">{title}</h3>
      {children}
    </section>
  );
}

function Offers({ offers, none }: { offers: readonly Body<"OfferShown">[]; none: string }) {
  const { goTo } = useDesk();
  if (offers.length === 0) return <p className="text-soft">{none}</p>;
  return (
    <ol>
      {offers.map((offer) => (
        <li key={`${offer.what}-${offer.turn}`} className="flex items-baseline gap-2">
          <span className="min-w-0 grow">{offer.what}</span>
          <button type="button" onClick={() => goTo(offer.turn)} className="min-h-6 shrink-0 text-accent underline tabular-nums">
            turn {offer.turn}
          </button>
          {offer.minute !== null && <span className="shrink-0 text-faint tabular-nums">{Math.floor(offer.minute)} min</span>}
        </li>
      ))}
    </ol>
  );
}

function Bars({ title, minutes }: { title: string; minutes: readonly Minutes[] }) {
  const most = Math.max(...minutes.map((one) => one.minutes), 1);
  if (!minutes.some((one) => one.minutes > 0)) return null;
  return (
    <div className="mt-1 mb-3">
      <h4 className="text-faint">{title}</h4>
      <ul>
        {minutes.map((one) => (
          <li key={one.name} className="mt-1">
            <span className="flex justify-between gap-3">
              <span className="min-w-0">{one.name}</span>
              <span className="shrink-0 tabular-nums">{one.minutes.toFixed(1)} min</span>
            </span>
            <span aria-hidden="true" className="block h-1 rounded-full bg-sunken">
              <span className="block h-1 rounded-full bg-accent" style={{ width: `${(100 * one.minutes) / most}%` }} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
