// Leaving an interview well: two short questions, or at once, or not at all.
import { useState } from "react";

import { Button } from "~/ui/Button";
import { Dialog } from "~/ui/Dialog";

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Whether something was said that a card could be made from. */
  begun: boolean;
  /** Whether so little was said that the card will assess nothing. */
  little: boolean;
  /** Why the server said no, if it did. */
  trouble: string | null;
  onClose: () => Promise<boolean>;
  onEnd: () => Promise<boolean>;
}

export function EndDialog({ open, onOpenChange, begun, little, trouble, onClose, onEnd }: Props) {
  const [busy, setBusy] = useState<"close" | "end" | null>(null);
  const act = (which: "close" | "end", does: () => Promise<boolean>) => async () => {
    setBusy(which);
    const done = await does();
    setBusy(null);
    if (done) onOpenChange(false);
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="End the interview?">
      <p className="text-soft">
        {begun
          ? "The close is two short questions: what you would do differently, and what you had no chance to show. What you answer counts for you."
          : "You have said nothing yet, so there would be little on the card."}
      </p>
      {begun && little && (
        <p className="mt-3">Little has been said so far. Under about 120 words the card can assess nothing.</p>
      )}
      {trouble && (
        <p role="alert" className="mt-3 text-sm text-bad">
          {trouble}
        </p>
      )}
      <div className="mt-5 flex flex-col gap-2.5">
        {begun && (
          <Button kind="primary" busy={busy === "close"} disabled={busy !== null} onClick={() => void act("close", onClose)()}>
            Come to the close
          </Button>
        )}
        <Button busy={busy === "end"} disabled={busy !== null} onClick={() => void act("end", onEnd)()}>
          End now
        </Button>
        <Button kind="quiet" disabled={busy !== null} onClick={() => onOpenChange(false)}>
          Keep going
        </Button>
      </div>
    </Dialog>
  );
}
