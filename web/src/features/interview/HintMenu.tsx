// Help when stuck, with its price said first. A question parked well often beats a hint taken.
import { Popover } from "radix-ui";
import { type RefObject, useRef, useState } from "react";

import { Button } from "~/ui/Button";

interface Props {
  /** Where one goes on typing after a choice. */
  box: RefObject<HTMLTextAreaElement | null>;
  left: number;
  /** Whether the interviewer's last words hold a question. */
  asked: boolean;
  onHint: () => void;
  onSay: (body: string) => void;
  onNext: () => void;
}

export function HintMenu({ box, left, asked, onHint, onSay, onNext }: Props) {
  const [open, setOpen] = useState(false);
  const chosen = useRef(false);
  const choose = (act: () => void) => () => {
    chosen.current = true;
    setOpen(false);
    act();
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button size="s" kind="quiet">
          Stuck?
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          side="top"
          align="start"
          sideOffset={8}
          collisionPadding={12}
          aria-label="When stuck"
          onCloseAutoFocus={(event) => {
            if (!chosen.current) return;
            chosen.current = false;
            event.preventDefault();
            box.current?.focus();
          }}
          className="z-40 w-80 max-w-[calc(100vw-1.5rem)] rounded-large border border-line bg-raised p-2 shadow-float motion-safe:animate-appear"
        >
          <Option
            name="A nudge"
            about={
              left > 0
                ? `Costs a little on this one item, nothing else. ${left === 1 ? "One" : left} left here.`
                : "No hint is left on what we are at."
            }
            disabled={left === 0}
            onChoose={choose(onHint)}
          />
          <Option
            name="A smaller question"
            about={asked ? "Free. What was asked, cut down to a first step." : "Nothing was asked just now."}
            disabled={!asked}
            onChoose={choose(() => onSay("Could you rephrase that, as something smaller?"))}
          />
          <Option
            name="Park it"
            about="Free. We leave it, and may come back to it."
            onChoose={choose(() => onSay("Let’s park this."))}
          />
          <div className="my-1.5 h-px bg-line" role="separator" />
          <Option name="On to the next part" about="Free. This part ends here." onChoose={choose(onNext)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface OptionProps {
  name: string;
  about: string;
  disabled?: boolean;
  onChoose: () => void;
}

function Option({ name, about, disabled = false, onChoose }: OptionProps) {
  return (
    <button
      type="button"
      disabled={disabled}
      onClick={onChoose}
      className="block w-full rounded-m px-3 py-2 text-left hover:bg-sunken disabled:opacity-60"
    >
      <span className="block font-medium">{name}</span>
      <span className="block text-sm text-soft">{about}</span>
    </button>
  );
}
