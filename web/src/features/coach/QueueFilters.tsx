// The filters of the queue: what stands to be done, each with its count, and by whom, on what and how it was held.
import { classes } from "~/ui/classes";
import { Select } from "~/ui/Field";

import type { Choices, Wanted } from "./queue";

type Props = { wanted: Wanted; onWanted: (wanted: Wanted) => void };

const STANDS: readonly { id: Wanted["stand"]; label: string }[] = [
  { id: "review", label: "To review" },
  { id: "contested", label: "Contested" },
  { id: "reviewed", label: "Reviewed" },
  { id: "second", label: "By others only" },
  { id: "dismissed", label: "Dismissed" },
  { id: "running", label: "Not ready" },
  { id: "all", label: "All" },
];

export function Stands({ wanted, onWanted, counts }: Props & { counts: Record<Wanted["stand"], number> }) {
  return (
    <div role="group" aria-label="Which interviews" className="flex flex-wrap gap-x-1 gap-y-2 border-b border-line">
      {STANDS.filter(({ id }) => id !== "second" || counts.second > 0 || wanted.stand === id).map(({ id, label }) => (
        <button
          key={id}
          type="button"
          aria-pressed={wanted.stand === id}
          onClick={() => onWanted({ ...wanted, stand: id })}
          className={classes(
            "-mb-px inline-flex min-h-11 items-center gap-2 border-b-2 px-3 font-medium",
            wanted.stand === id ? "border-accent text-ink" : "border-transparent text-soft hover:text-ink",
          )}
        >
          {label}
          <span className="rounded-full bg-sunken px-2 text-sm text-soft tabular-nums">{counts[id]}</span>
        </button>
      ))}
    </div>
  );
}

const LEVELS = ["mid", "senior", "staff"].map(named);
const MODES = ["practice", "mock"].map(named);
const PACES = ["spoken", "typed"].map(named);
const ORDERS: readonly { value: Wanted["order"]; label: string }[] = [
  { value: "newest", label: "Newest first" },
  { value: "oldest", label: "Oldest first" },
  { value: "candidate", label: "By candidate" },
  { value: "problem", label: "By problem" },
  { value: "contested", label: "Most contested first" },
];

export function QueueFilters({ wanted, onWanted, choices }: Props & { choices: Choices }) {
  const set = (name: keyof Wanted) => (value: string) => onWanted({ ...wanted, [name]: value });
  return (
    <div role="group" aria-label="Filters" className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-6">
      <Pick label="Candidate" any="Everybody" value={wanted.candidate} options={choices.candidates} onPick={set("candidate")} />
      <Pick label="Problem" any="Every problem" value={wanted.scenario} options={choices.problems} onPick={set("scenario")} />
      <Pick label="Level" any="Any level" value={wanted.level} options={LEVELS} onPick={set("level")} />
      <Pick label="Mode" any="Any mode" value={wanted.mode} options={MODES} onPick={set("mode")} />
      <Pick label="Pace" any="Any pace" value={wanted.pace} options={PACES} onPick={set("pace")} />
      <Pick label="Order" value={wanted.order} options={ORDERS} onPick={set("order")} />
    </div>
  );
}

type PickProps = {
  label: string;
  /** What stands for no filter. */
  any?: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onPick: (value: string) => void;
};

function Pick({ label, any, value, options, onPick }: PickProps) {
  return (
    <Select aria-label={label} value={value} onChange={(event) => onPick(event.target.value)}>
      {any && <option value="">{any}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </Select>
  );
}

function named(value: string): { value: string; label: string } {
  return { value, label: value[0]?.toUpperCase() + value.slice(1) };
}
