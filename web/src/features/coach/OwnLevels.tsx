// One's own levels, given before the scorer's are seen. Saving them shows the card; so does asking for it, at a price
// that is said beforehand.
import { RadioGroup } from "radix-ui";
import { type KeyboardEvent, useState } from "react";

import { Banner } from "~/ui/Banner";
import { Button } from "~/ui/Button";
import { Confirm } from "~/ui/Dialog";
import { useKeys } from "~/ui/keys";
import { Panel } from "~/ui/Page";
import { api } from "~/wire/api";
import type { Body } from "~/wire/types";

import { useDesk } from "./desk";
import { LEVELS, levelOfKey, type Own } from "./ownLevels";
import { count } from "./words";

export function OwnLevels() {
  const { review, act, busy, fault } = useDesk();
  const [levels, setLevels] = useState<Own>({});
  const [asking, setAsking] = useState(false);
  const id = review.session.id;
  const given = Object.keys(levels).length;
  const left = review.criteria.length - given;
  const save = () => {
    if (given === 0 || busy) return;
    void act({ run: () => api.saveOwnLevels(id, { levels }), done: "Your levels are kept. The card is shown" });
  };
  useKeys([
    { keys: "mod+Enter", does: "Save your levels and show the card", act: save },
    { keys: "1", does: "Level 1 to 4 for the row in focus; 0 or - for not assessed" },
    { keys: "ArrowDown", does: "Next row of your levels" },
  ]);
  return (
    <Panel title="Your levels">
      <p className="mb-3 text-soft">The scorer’s card is kept from you until yours are in. Leave out what you cannot say.</p>
      <div>
        {review.criteria.map((criterion) => (
          <LevelRow
            key={criterion.id}
            criterion={criterion}
            value={levels[criterion.id]}
            onChange={(value) => setLevels((now) => ({ ...now, [criterion.id]: value }))}
          />
        ))}
      </div>
      {fault && (
        <div className="mt-3">
          <Banner tone="bad">{fault}</Banner>
        </div>
      )}
      <div className="mt-4 flex flex-wrap items-center gap-3">
        <Button kind="primary" onClick={save} busy={busy} disabled={given === 0}>
          Save and show the card
        </Button>
        <kbd className="font-mono text-sm text-faint">Ctrl Enter</kbd>
        <span className="text-sm text-soft">{left === 0 ? "All are given." : `${count(left, "row")} left open.`}</span>
      </div>
      <p className="mt-4 border-t border-line pt-3 text-sm text-soft">
        Only want to look?{" "}
        <button type="button" className="min-h-6 text-accent underline" onClick={() => setAsking(true)}>
          Show the scorer’s levels
        </button>
      </p>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title="Show the card without your levels?"
        action="Show it"
        onConfirm={() => act({ run: () => api.reveal(id), done: "The card is shown" })}
      >
        You can still give levels afterwards, but this interview will not count as blind in the agreement. That you looked is
        kept.
      </Confirm>
    </Panel>
  );
}

type RowProps = { criterion: Body<"CriterionName">; value: number | null | undefined; onChange: (value: Own[string]) => void };

/** One criterion: five choices, by pointer, by arrows, or by the keys 1 to 4, 0 and -. */
export function LevelRow({ criterion, value, onChange }: RowProps) {
  const name = `own-${criterion.id}`;
  const hear = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const pressed = levelOfKey(event.key);
    if (pressed !== undefined) {
      onChange(pressed);
      event.preventDefault();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const rows = [...document.querySelectorAll<HTMLElement>("[data-level-row]")];
      const next = rows[rows.indexOf(event.currentTarget) + (event.key === "ArrowDown" ? 1 : -1)];
      next?.querySelector<HTMLElement>('[role="radio"][tabindex="0"]')?.focus();
      event.preventDefault();
      event.stopPropagation();
    }
  };
  return (
    <div
      data-level-row
      onKeyDownCapture={hear}
      className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 rounded-small py-1 focus-within:bg-sunken"
    >
      <span id={name} className="min-w-0 grow basis-44 pl-1">
        {criterion.name}
      </span>
      <RadioGroup.Root
        aria-labelledby={name}
        value={value === undefined ? "" : String(value ?? "none")}
        onValueChange={(chosen) => onChange(levelOfKey(chosen === "none" ? "0" : chosen) ?? null)}
        orientation="horizontal"
        className="flex shrink-0 gap-1"
      >
        {LEVELS.map((one) => (
          <RadioGroup.Item
            key={one.value}
            value={one.value}
            aria-label={one.label}
            title={one.label}
            className="size-9 rounded-small border border-line bg-raised font-medium text-soft tabular-nums hover:border-strong hover:text-ink data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=checked]:text-on-accent"
          >
            {one.sign}
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
    </div>
  );
}
