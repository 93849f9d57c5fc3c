// Where the candidate writes. Enter sends, Shift and Enter begin a new line, and what is written is kept until it is sent.
import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from "react";

import { Button, IconButton } from "~/ui/Button";
import { SendIcon, StopIcon } from "~/ui/icons";

import { HintMenu } from "./HintMenu";
import { signOf } from "./signs";
import type { Live } from "./useLive";

const MOST_OF_THE_WINDOW = 0.4;

interface Props {
  live: Live;
  box: RefObject<HTMLTextAreaElement | null>;
  draft: string;
  onDraft: (text: string) => void;
  practice: boolean;
  hintsLeft: number;
  paused: boolean;
  speaking: boolean;
  holding: boolean;
  onHold: (on: boolean) => void;
  onSay: (body: string) => void;
  onStop: () => void;
  onHint: () => void;
  onNext: () => void;
}

export function Composer(props: Props) {
  const { live, box, draft, onDraft, paused, speaking, holding, onHold, onSay } = props;
  // A pause in typing ends the wait for the answer; while the floor is held it must not.
  const held = useRef(holding);
  useEffect(() => {
    held.current = holding;
  }, [holding]);
  const typing = useMemo(() => signOf((on) => held.current || live.sign("typing", on)), [live]);
  useEffect(() => () => typing.over(), [typing]);
  useHeight(box, draft);

  const sendable = draft.trim() !== "" && !paused;

  function send() {
    if (!sendable) return;
    onSay(draft.trim());
    onDraft("");
    typing.over();
  }

  function key(event: KeyboardEvent) {
    // While a word is being composed (Japanese, accents), Enter belongs to the keyboard, not to us.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  }

  return (
    <form
      className="room-composer border-t border-line bg-panel px-3 pt-3 pb-2 sm:px-4"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="mx-auto max-w-[46rem]">
        <div className="flex items-end gap-2 rounded-large border border-strong/60 bg-raised p-1.5 focus-within:border-accent">
          <label htmlFor="room-composer" className="sr-only">
            Your message
          </label>
          <textarea
            id="room-composer"
            ref={box}
            rows={1}
            value={draft}
            enterKeyHint="send"
            placeholder={paused ? "Paused. What you write here is kept." : "Say it as it comes. Enter sends."}
            className="min-h-11 flex-1 resize-none bg-transparent px-2.5 py-2.5 text-base leading-normal outline-none placeholder:text-faint"
            onChange={(event) => {
              onDraft(event.target.value);
              if (event.target.value) typing.active();
              else typing.over();
            }}
            onKeyDown={key}
          />
          {speaking && (
            <IconButton label="Stop the interviewer (Esc)" className="size-11 border border-line" onClick={props.onStop}>
              <StopIcon />
            </IconButton>
          )}
          <button
            type="submit"
            aria-label="Send"
            disabled={!sendable}
            className="inline-flex size-11 shrink-0 items-center justify-center rounded-m bg-accent text-on-accent hover:bg-accent-deep disabled:bg-sunken disabled:text-faint"
          >
            <SendIcon />
          </button>
        </div>
        <div className="mt-1.5 flex min-h-9 flex-wrap items-center gap-x-1 text-sm">
          <HoldToggle holding={holding} onHold={onHold} />
          {props.practice && (
            <HintMenu left={props.hintsLeft} disabled={paused} onHint={props.onHint} onSay={onSay} onNext={props.onNext} />
          )}
          <span className="ml-auto hidden text-xs text-faint sm:inline">Shift + Enter: new line</span>
        </div>
      </div>
    </form>
  );
}

function HoldToggle({ holding, onHold }: { holding: boolean; onHold: (on: boolean) => void }) {
  return (
    <Button
      size="s"
      kind="quiet"
      aria-pressed={holding}
      className={holding ? "border-accent! bg-accent-wash text-ink" : undefined}
      title="The interviewer stays quiet for up to a minute, also after you send"
      onClick={() => onHold(!holding)}
    >
      I’m still going
    </Button>
  );
}

/** Lets the box grow with its words, up to a part of the window. */
function useHeight(box: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const fit = () => {
      element.style.height = "auto";
      const most = Math.round(innerHeight * MOST_OF_THE_WINDOW);
      element.style.height = `${Math.min(element.scrollHeight, most)}px`;
      element.style.overflowY = element.scrollHeight > most ? "auto" : "hidden";
    };
    fit();
    addEventListener("resize", fit);
    return () => removeEventListener("resize", fit);
  }, [box, text]);
}
