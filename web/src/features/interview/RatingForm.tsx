// How one thinks it went, said before the card: comparing the two afterwards is what teaches most.
import { useEffect, useRef, useState } from "react";

import { Button } from "~/ui/Button";
import { Choice, Field, TextArea } from "~/ui/Field";
import { api } from "~/wire/api";
import { words } from "~/wire/problem";
import type { Body } from "~/wire/types";

type Rating = Body<"Rating">;

const LEVELS: { value: Rating["level"]; label: string }[] = [
  { value: "below", label: "Below mid" },
  { value: "mid", label: "Mid" },
  { value: "senior", label: "Senior" },
  { value: "staff", label: "Staff" },
];

export function RatingForm({ session, onDone }: { session: string; onDone: () => void }) {
  const [rating, setRating] = useState<Rating>({ best: "", worst: "", level: "", next_time: "" });
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const change = (part: Partial<Rating>) => setRating((before) => ({ ...before, ...part }));
  // The room is gone from the page, and with it whatever had the focus.
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const empty = Object.values(rating).every((value) => !value);

  async function keep() {
    setBusy(true);
    setFault(null);
    try {
      await api.rate(session, rating);
      onDone();
    } catch (problem) {
      setFault(words(problem));
      setBusy(false);
    }
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
    >
      <h1 ref={heading} tabIndex={-1} className="mt-1 font-serif text-3xl outline-none">One minute, no score yet</h1>
      <p className="mt-2 text-lg text-soft">How do you think it went? A few words are plenty. You will see them beside the card.</p>
      <div className="mt-8 flex flex-col gap-6">
        <Text label="The best part" value={rating.best} onChange={(best) => change({ best })} />
        <Text label="The worst part" value={rating.worst} onChange={(worst) => change({ worst })} />
        <Choice label="Which level did it show?" value={rating.level} onChange={(level) => change({ level })} options={LEVELS} />
        <Text
          label="Next time I will…"
          hint="You will read this before your next interview."
          value={rating.next_time}
          onChange={(next_time) => change({ next_time })}
        />
      </div>
      {fault && (
        <p role="alert" className="mt-4 text-sm text-bad">
          {fault}
        </p>
      )}
      <div className="mt-8 flex flex-wrap gap-3">
        <Button type="submit" kind="primary" size="l" busy={busy} disabled={empty}>
          Keep this and go on
        </Button>
        <Button kind="quiet" size="l" onClick={onDone}>
          Skip
        </Button>
      </div>
    </form>
  );
}

interface TextProps {
  label: string;
  hint?: string;
  value: string;
  onChange: (value: string) => void;
}

function Text({ label, hint, value, onChange }: TextProps) {
  return (
    <Field label={label} hint={hint}>
      {(bound) => (
        <TextArea {...bound} rows={2} maxLength={2000} value={value} onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  );
}
