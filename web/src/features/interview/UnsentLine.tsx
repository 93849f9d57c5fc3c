// A message that the conversation does not hold yet, with how far it came. Nothing typed is ever silently gone.
import { Button } from "~/ui/Button";
import type { Unsent } from "~/wire/outbox";
import type { SessionState } from "~/wire/types";

import { whyNot } from "./words";

interface Props {
  unsent: Unsent;
  /** How the interview stands. */
  state: SessionState["state"];
  onRetry: () => void;
  onEdit: () => void;
}

const HOW_FAR: Record<Exclude<Unsent["state"], "failed">, string> = {
  readying: "Sending…",
  waiting: "Waiting for the connection",
  sending: "Sending…",
  kept: "Sent",
};

export function UnsentLine({ unsent, state, onRetry, onEdit }: Props) {
  const failed = unsent.state === "failed";
  return (
    <article aria-label="You, not yet sent" className="flex flex-col items-end">
      <div
        dir="auto"
        className={`max-w-[88%] rounded-large rounded-br-[0.3rem] border border-dashed px-4 py-2.5 whitespace-pre-wrap break-words ${
          failed ? "border-bad" : "border-strong text-soft"
        }`}
      >
        {unsent.body}
      </div>
      <footer className="mt-1 flex min-h-6 flex-wrap items-center justify-end gap-2 text-xs text-faint">
        <span role={failed || unsent.state === "waiting" ? "status" : undefined} className={failed ? "text-bad" : undefined}>
          {unsent.state === "failed" ? whyNot(unsent.code, state) : HOW_FAR[unsent.state]}
        </span>
        {failed && !(unsent.code === "closed" && state === "ended") && (
          <>
            {unsent.code !== "too_long" && unsent.code !== "conflict" && (
              <Button size="s" kind="quiet" onClick={onRetry}>
                Retry
              </Button>
            )}
            <Button size="s" kind="quiet" onClick={onEdit}>
              Edit
            </Button>
          </>
        )}
      </footer>
    </article>
  );
}
