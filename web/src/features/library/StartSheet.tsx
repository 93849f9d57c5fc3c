// Before the first word: how one wants to be interviewed, what will happen, and where the words are kept.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { Banner } from "~/ui/Banner";
import { Button } from "~/ui/Button";
import { Dialog } from "~/ui/Dialog";
import { Choice, Field, Select } from "~/ui/Field";
import { queries } from "~/wire/queries";
import type { Body, Given } from "~/wire/types";

import { lasts, phasesOf, type Problem } from "./problems";
import { Keeping } from "./Keeping";

export type Start = Given<"NewSession", "scenario">;
type Minutes = "15" | "30" | "45" | "60";

export type StartSheetProps = {
  problem: Problem;
  preferences: Body<"Preferences">;
  me: Body<"Me">;
  busy: boolean;
  fault: string | null;
  /** What they wrote to themselves after the last interview; empty for nothing. */
  note: string;
  onStart: (start: Start) => void;
  onClose: () => void;
};

export function StartSheet({ problem, preferences, me, busy, fault, note, onStart, onClose }: StartSheetProps) {
  const [level, setLevel] = useState(preferences.level);
  const [mode, setMode] = useState(preferences.mode);
  const [pace, setPace] = useState(preferences.pace);
  const [minutes, setMinutes] = useState<Minutes>("45");
  const [plan, setPlan] = useState(problem.plan);
  const plans = useQuery(queries.plans());
  const fitting = (plans.data?.items ?? []).filter((one) => problem.plans.includes(one.id));
  const chosen = fitting.find((one) => one.id === plan);
  const length = lasts(Number(minutes), pace);

  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={problem.title}
      description="Choose how you want to be interviewed. Nothing begins before you press Begin."
      footer={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button
            kind="primary"
            busy={busy}
            onClick={() =>
              onStart({ scenario: problem.id, level, mode, pace, plan, minutes: Number(minutes) as 15 | 30 | 45 | 60 })
            }
          >
            Begin
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        {fault && <Banner tone="bad">{fault}</Banner>}
        {note && (
          <Banner tone="info" title="You wrote to yourself last time">
            “{note}”
          </Banner>
        )}
        <div className="grid gap-5 sm:grid-cols-2">
          <Choice
            label="Level"
            value={level}
            onChange={setLevel}
            options={[
              { value: "mid", label: "Mid" },
              { value: "senior", label: "Senior" },
              { value: "staff", label: "Staff" },
            ]}
          />
          <Choice
            label="Minutes"
            value={minutes}
            onChange={setMinutes}
            options={[
              { value: "15", label: "15", hint: "One segment, scored only on what it reaches." },
              { value: "30", label: "30" },
              { value: "45", label: "45" },
              { value: "60", label: "60" },
            ]}
          />
          <Choice
            label="Mode"
            value={mode}
            onChange={setMode}
            options={[
              { value: "practice", label: "Practice", hint: "Hints when you ask, and you may stop the clock." },
              { value: "mock", label: "Mock", hint: "As on the day: no hints, no pause." },
            ]}
          />
          <Choice
            label="Pace"
            value={pace}
            onChange={setPace}
            options={[
              { value: "typed", label: "Typed", hint: "Typing is slower than speaking, so every phase gets half as much again." },
              { value: "spoken", label: "Spoken", hint: "The clock of a spoken interview; choose it if you dictate." },
            ]}
          />
        </div>
        {fitting.length > 1 && (
          <Field label="Plan" hint={chosen?.why}>
            {(bound) => (
              <Select {...bound} value={plan} onChange={(event) => setPlan(event.target.value)}>
                {fitting.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.name}
                    {one.id === problem.plan ? " (the usual one here)" : ""}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        <section aria-labelledby="what-happens">
          <h3 id="what-happens" className="font-medium">
            What will happen
          </h3>
          <p className="mt-1 text-soft">
            About {length} minutes. Ask, think, draw or don’t: you lead, and fragments are fine. The clock leaves out our own thinking
            and the time it takes to read us.
          </p>
          {chosen && (
            <ol className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-sm text-soft">
              {phasesOf(chosen, length).map((phase) => (
                <li key={phase.name}>
                  {phase.name} <span className="text-faint tabular-nums">{phase.minutes} min</span>
                </li>
              ))}
            </ol>
          )}
        </section>
        <Keeping me={me} />
      </div>
    </Dialog>
  );
}
