// A sheet for an act that needs a reason: what is chosen, why, and the button. Ctrl Enter does it.
import { type ReactNode, useState } from "react";

import { Banner } from "~/ui/Banner";
import { Button } from "~/ui/Button";
import { Dialog } from "~/ui/Dialog";
import { Field, TextArea } from "~/ui/Field";
import { useKeys } from "~/ui/keys";

import { type Act, useDesk } from "./desk";

type Props = {
  title: string;
  description?: string;
  /** What the field for the reason is called. */
  label?: string;
  hint?: string;
  /** The word on the button. */
  action: string;
  danger?: boolean;
  /** The choice above the reason is made already, so that one begins with the reason. */
  chosen?: boolean;
  /** False while something is still to be chosen. */
  ready?: boolean;
  wide?: boolean;
  /** The act, once there is a reason. */
  act: (reason: string) => Act;
  children?: ReactNode;
};

/** What was written on a sheet that was closed without doing it: it is there when the sheet is opened again. */
const unsaid = new Map<string, string>();

export function ReasonSheet(props: Props) {
  const { title, description, label = "Reason", hint, action, danger, chosen = true, ready = true, wide, children } = props;
  const { review, open, act, busy, fault } = useDesk();
  const place = `${review.session.id} ${title} ${description ?? ""}`;
  const [reason, setReason] = useState(() => unsaid.get(place) ?? "");
  const write = (words: string) => {
    unsaid.set(place, words);
    setReason(words);
  };
  const can = ready && reason.trim() !== "" && !busy;
  const go = () => {
    if (can) void act(props.act(reason.trim())).then((done) => done && unsaid.delete(place));
  };
  useKeys([{ keys: "mod+Enter", does: `${title}: do it`, act: go }]);
  return (
    <Dialog
      open
      onOpenChange={(stays) => !stays && open(null)}
      title={title}
      {...(description ? { description } : {})}
      {...(wide ? { wide } : {})}
      footer={
        <>
          <Button onClick={() => open(null)}>Cancel</Button>
          <Button kind={danger ? "danger" : "primary"} busy={busy} disabled={!can} onClick={go}>
            {action}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {children}
        <Field label={label} {...(hint ? { hint } : {})}>
          {(bound) => (
            <TextArea {...bound} {...(chosen ? { "data-first": true } : {})} rows={3} maxLength={4000} value={reason} onChange={(event) => write(event.target.value)} />
          )}
        </Field>
        {fault && <Banner tone="bad">{fault}</Banner>}
      </div>
    </Dialog>
  );
}
