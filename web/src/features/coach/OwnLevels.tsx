// One's own levels, given before the scorer's are seen. Saving them shows the card; so does asking for it, at a price
// that is said beforehand.
import { RadioGroup } from "radix-ui";
import { type KeyboardEvent, useState } from "react";

import { Banner } from "~/ui/Banner";
import { Button } from "~/ui/Button";
import { useKeys } from "~/ui/keys";
import { Panel } from "~/ui/Page";
import { api } from "~/wire/api";
import type { Body } from "~/wire/types";

import { useDesk } from "./desk";
import { draftOf, keepDraft, LEVELS, levelOfKey, type Own } from "./ownLevels";
import { count } from "./words";

export function OwnLevels() {
  const { review, act, busy, fault, show, open, doing } = useDesk();
  const id = review.session.id;
  const [levels, setLevels] = useState<Own>(() => draftOf(id, review.criteria));
  const give = (criterion: string, value: Own[string] | undefined) => {
    const { [criterion]: _, ...others } = levels;
    const next = value === undefined ? others : { ...levels, [criterion]: value };
    keepDraft(id, next);
    setLevels(next);
  };
  const given = Object.keys(levels).length;
  const left = review.criteria.length - given;
  const save = () => {
    if (given === 0 || busy) return;
    void act({ run: () => api.saveOwnLevels(id, { levels }), done: "Your levels are kept. The card is shown" }).then(
      (done) => done && keepDraft(id, {}),
    );
  };
  const toLevels = () => {
    show("card");
    const first = document.querySelector<HTMLElement>("[data-level-row]");
    enter(first);
    // In a narrow window they only now come into view.
    if (!first?.contains(document.activeElement)) requestAnimationFrame(() => enter(first));
  };
  useKeys([
    { keys: "l", does: "Go to your levels", act: toLevels },
    { keys: "mod+Enter", does: "Save your levels and show the card", act: save },
    { keys: "1", does: "Level 1 to 4 for the row in focus, and on to the next; 0 or - for not assessed" },
    { keys: "Backspace", does: "Leave the row in focus open again" },
    { keys: "ArrowDown", does: "Next row of your levels" },
  ]);
  return (
    <Panel
      title="Your levels"
      actions={
        <span className="flex items-center gap-2">
          <kbd className="font-mono text-sm text-faint max-sm:hidden">Ctrl Enter</kbd>
          <Button kind="primary" size="s" onClick={save} busy={busy} disabled={given === 0}>
            Save and show the card
          </Button>
        </span>
      }
    >
      <p className="mb-3 text-sm text-soft">
        The scorer’s card is kept from you until yours are in. Leave out what you cannot say.{" "}
        <span aria-live="polite">{left === 0 ? "All are given." : `${count(left, "row")} left open.`}</span>
      </p>
      {fault && !doing && (
        <div className="mb-3">
          <Banner tone="bad">{fault} Your levels are kept on this page; save them again.</Banner>
        </div>
      )}
      <div>
        {review.criteria.map((criterion) => (
          <LevelRow
            key={criterion.id}
            criterion={criterion}
            value={levels[criterion.id]}
            onChange={(value) => give(criterion.id, value)}
            onSave={save}
          />
        ))}
      </div>
      {/* On a phone the button above is far away by now. */}
      <Button kind="primary" onClick={save} busy={busy} disabled={given === 0} className="mt-3 w-full lg:hidden">
        Save your levels
      </Button>
      <p className="mt-4 border-t border-line pt-3 text-sm text-soft">
        Only want to look?{" "}
        <button type="button" className="min-h-6 text-accent underline" onClick={() => open({ kind: "reveal" })}>
          Show the scorer’s levels
        </button>
      </p>
    </Panel>
  );
}

type RowProps = {
  criterion: Body<"CriterionName">;
  value: number | null | undefined;
  /** Undefined leaves the row open again. */
  onChange: (value: Own[string] | undefined) => void;
  onSave: () => void;
};

/** Puts the focus on the level that is given in a row, else on the first. */
function enter(row: HTMLElement | null): void {
  const level = row?.querySelector<HTMLElement>('[aria-checked="true"]') ?? row?.querySelector<HTMLElement>('[role="radio"]');
  level?.focus();
}

/** One criterion: five choices, by pointer, by arrows, or by the keys 1 to 4, 0 and -, which go on to the next row. */
export function LevelRow({ criterion, value, onChange, onSave }: RowProps) {
  const name = `own-${criterion.id}`;
  const chosen = value === undefined ? "" : String(value ?? "none");
  const hear = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      // A radio keeps every Enter to itself, so the page's own key would never be heard from here.
      event.preventDefault();
      onSave();
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = [...document.querySelectorAll<HTMLElement>("[data-level-row]")];
    const at = rows.indexOf(event.currentTarget);
    const pressed = levelOfKey(event.key);
    if (pressed !== undefined) {
      onChange(pressed);
      enter(rows[at + 1] ?? null);
    } else if (event.key === "Backspace" || event.key === "Delete") {
      onChange(undefined);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      enter(rows[at + (event.key === "ArrowDown" ? 1 : -1)] ?? null);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
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
        value={chosen}
        onValueChange={(next) => onChange(levelOfKey(next === "none" ? "0" : next) ?? null)}
        orientation="horizontal"
        className="flex shrink-0 gap-1"
      >
        {LEVELS.map((one) => (
          <RadioGroup.Item
            key={one.value}
            value={one.value}
            aria-label={one.label}
            title={one.label}
            // A second press takes it back: a row may be left open.
            onClick={() => one.value === chosen && onChange(undefined)}
            className="size-8 pointer-coarse:size-11 rounded-small border border-line bg-raised font-medium text-soft tabular-nums hover:border-strong hover:text-ink data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=checked]:text-on-accent"
          >
            {one.sign}
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
    </div>
  );
}
