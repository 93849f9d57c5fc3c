// Where the candidate writes. Enter sends, Shift and Enter begin a new line, and what is written is kept until it is sent.
import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from "react";

import { Button, IconButton } from "~/ui/Button";
import { useMedia } from "~/ui/hooks";
import { SendIcon, StopIcon } from "~/ui/icons";

import { HintMenu } from "./HintMenu";
import { lengthWords } from "./length";
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
  asked: boolean;
  paused: boolean;
  speaking: boolean;
  holding: boolean;
  /** The longest message the server takes, in bytes. */
  longestBytes: number;
  onHold: (on: boolean) => void;
  onSay: (body: string) => void;
  onStop: () => void;
  onHint: () => void;
  onNext: () => void;
  onResume: () => void;
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

  const length = lengthWords(draft, props.longestBytes);
  const sendable = draft.trim() !== "" && !paused && !length?.tooLong;
  // On a phone there is no Shift and Enter, so Enter begins a new line there.
  const byTouch = useMedia("(hover: none) and (pointer: coarse)");

  function send() {
    if (!sendable) return;
    onSay(draft.trim());
    onDraft("");
    typing.over();
    box.current?.focus();
  }

  function key(event: KeyboardEvent) {
    // While a word is being composed (Japanese, accents), Enter belongs to the keyboard, not to us.
    if (event.key !== "Enter" || event.shiftKey || byTouch || event.nativeEvent.isComposing || event.keyCode === 229) return;
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
            dir="auto"
            enterKeyHint={byTouch ? "enter" : "send"}
            aria-describedby={length ? "room-length" : undefined}
            aria-invalid={length?.tooLong || undefined}
            placeholder={
              paused ? "Paused. Your words are kept." : byTouch ? "Say it as it comes." : "Say it as it comes. Enter sends."
            }
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
          {paused ? (
            <Button size="s" kind="quiet" onClick={props.onResume}>
              Resume, to send
            </Button>
          ) : (
            <>
              <HoldToggle
                holding={holding}
                onHold={(on, byMouse) => {
                  onHold(on);
                  if (byMouse) box.current?.focus();
                }}
              />
              {props.practice && (
                <HintMenu
                  box={box}
                  left={props.hintsLeft}
                  asked={props.asked}
                  onHint={props.onHint}
                  onSay={onSay}
                  onNext={props.onNext}
                />
              )}
            </>
          )}
          {length ? (
            <span id="room-length" role="status" className={`ml-auto text-xs ${length.tooLong ? "text-bad" : "text-faint"}`}>
              {length.words}
            </span>
          ) : (
            !byTouch && <span className="ml-auto hidden text-xs text-faint sm:inline">Shift + Enter: new line</span>
          )}
        </div>
      </div>
    </form>
  );
}

function HoldToggle({ holding, onHold }: { holding: boolean; onHold: (on: boolean, byMouse: boolean) => void }) {
  return (
    <Button
      size="s"
      kind="quiet"
      aria-pressed={holding}
      className={holding ? "border-accent! bg-accent-wash text-ink" : undefined}
      title="The interviewer stays quiet for up to a minute, also after you send"
      onClick={(event) => onHold(!holding, event.detail > 0)}
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
    // The pane may be moved narrower, or be built before it has its width.
    let width = element.clientWidth;
    const watched = new ResizeObserver(() => {
      if (element.clientWidth === width) return;
      width = element.clientWidth;
      fit();
    });
    watched.observe(element);
    addEventListener("resize", fit);
    return () => {
      watched.disconnect();
      removeEventListener("resize", fit);
    };
  }, [box, text]);
}
