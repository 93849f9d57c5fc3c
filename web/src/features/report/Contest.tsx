// "This is wrong": any line can be contested with a reason. It is kept, shown beside the line, and waits for a coach.
import { useId, useState } from "react";

import { announce } from "~/ui/announce";
import { Button } from "~/ui/Button";
import { Tag } from "~/ui/Banner";
import { Field, TextArea } from "~/ui/Field";
import { words } from "~/wire/problem";

import { useReading } from "./reading";

/** The mark of a contested line, and the way to contest one. `about` names the line for those who hear the page. */
export function Contest({ line, about }: { line: string; about: string }) {
  const { contests, answers, onContest, own } = useReading();
  const [open, setOpen] = useState(false);
  const standing = contests.filter((one) => one.line === line);
  const answered = answers.filter((one) => one.line === line);
  const form = useId();
  if (standing.length === 0 && !onContest) return null;
  return (
    <div className={open ? "mt-2 basis-full text-sm" : standing.length > 0 ? "mt-1 basis-full text-sm" : "mt-1 text-sm"}>
      {standing.map((one) => (
        <p key={`${one.by}${one.at}`} className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
          <Tag tone="warn">contested by {own ? "you" : one.by}</Tag>
          <span className="text-soft">“{one.reason}”</span>
        </p>
      ))}
      {answered.map((one) => (
        <p key={one.at} className="mt-1 flex flex-wrap items-baseline gap-x-2 gap-y-1">
          <Tag tone="info">{one.by} answers</Tag>
          <span>{one.text}</span>
        </p>
      ))}
      {onContest && !open && (
        <button
          type="button"
          className="no-print inline-flex min-h-6 items-center rounded-small text-[0.8125rem] text-faint underline decoration-transparent underline-offset-4 hover:text-ink hover:decoration-current"
          aria-label={`${standing.length > 0 ? "Say it differently" : "This is wrong"}: ${about}`}
          aria-expanded={false}
          onClick={() => setOpen(true)}
        >
          {standing.length > 0 ? "Say it differently" : "This is wrong"}
        </button>
      )}
      {onContest && open && (
        <Form id={form} about={about} onSend={(reason) => onContest(line, reason)} onClose={() => setOpen(false)} />
      )}
    </div>
  );
}

function Form(props: { id: string; about: string; onSend: (reason: string) => Promise<unknown>; onClose: () => void }) {
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);

  async function send() {
    setBusy(true);
    try {
      await props.onSend(reason.trim());
      announce("Kept. The line is marked as contested.");
      props.onClose();
    } catch (thrown) {
      setFault(words(thrown));
      setBusy(false);
    }
  }

  return (
    <form
      aria-label={`What is wrong: ${props.about}`}
      className="no-print mt-1 flex flex-col gap-3 rounded-m border border-line bg-sunken p-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim()) void send();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") props.onClose();
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && reason.trim()) void send();
      }}
    >
      <Field label="What is wrong with it?" hint="It is kept with the card, and a coach will read it." error={fault}>
        {(bound) => (
          <TextArea {...bound} rows={2} autoFocus maxLength={4000} value={reason} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" size="s" kind="primary" busy={busy} disabled={!reason.trim()}>
          Contest this
        </Button>
        <Button size="s" kind="quiet" onClick={props.onClose}>
          Leave it
        </Button>
      </div>
    </form>
  );
}
