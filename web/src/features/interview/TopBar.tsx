// The bar over the room: where one is, how long is left, who is on the other side, and whether the line holds.
import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";

import { announce } from "~/ui/announce";
import { Button, IconButton } from "~/ui/Button";
import { clock } from "~/ui/format";
import { useMedia, useNow } from "~/ui/hooks";
import { CheckIcon, PauseIcon, PlayIcon } from "~/ui/icons";
import { linkWords } from "~/wire/link";
import type { Room, SessionState } from "~/wire/types";

import { chips, leftMs, notice, type PhaseChip, spoken } from "./clock";
import type { Live } from "./useLive";
import { whoInterviews } from "./words";

// Where the clock passes 15, 5 and 1 minute it is marked for a while; from the fifth on it stays so. It never flashes.
const MARKED_MS = 20_000;
const LATE_MS = 5 * 60_000;

interface Props {
  live: Live;
  state: SessionState;
  onPause: (paused: boolean) => void;
  onEnd: () => void;
}

export function TopBar({ live, state, onPause, onEnd }: Props) {
  const room = useStore(live.store, (view) => view.room);
  // Each welcome sets our clock anew; what was shown before is then no measure.
  const skew = useStore(live.store, (view) => view.clockSkewMs);
  const roomy = useMedia("(min-width: 640px)");
  const wide = useMedia("(min-width: 900px)");
  const open = state.state !== "ended";
  const mayPause = state.mode === "practice";
  return (
    <header className="border-b border-line bg-panel px-3 py-2 sm:px-4">
      <div className="flex items-center gap-x-1.5 gap-y-1 sm:gap-x-4">
        <Link
          to="/"
          className="-ml-1.5 inline-flex min-h-9 min-w-8 items-center px-1.5 text-sm whitespace-pre text-soft no-underline hover:text-ink"
          aria-label={mayPause ? "Leave the room; the clock stops and the interview waits" : "Leave the room; the clock runs on"}
          title={mayPause ? "The clock stops, and the interview waits for you" : "The clock runs on while you are away"}
          onClick={() => mayPause && state.state === "open" && onPause(true)}
        >
          ‹<span className="hidden sm:inline"> Leave</span>
        </Link>
        <h1 className="min-w-0 truncate font-serif text-lg">{state.title}</h1>
        <span className="hidden text-sm text-faint capitalize md:inline">
          {state.level}, {state.mode}
        </span>
        <div className="ml-auto flex shrink-0 items-center gap-1 sm:gap-3">
          {wide && <Connection live={live} />}
          <TimeLeft key={skew} room={room} state={state} skew={skew} />
          {open && mayPause && (
            <PauseButton paused={state.state === "paused"} roomy={roomy} onPause={onPause} />
          )}
          {open && (
            <Button size="s" onClick={onEnd}>
              End…
            </Button>
          )}
        </div>
      </div>
      <div className="mt-1.5 flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
        <PhaseBar chips={chips(state, room.turns)} />
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs">
          <p className="font-medium text-info">{whoInterviews(state.by, room.turns)}</p>
          {!wide && <Connection live={live} />}
        </div>
      </div>
    </header>
  );
}

function PauseButton({ paused, roomy, onPause }: { paused: boolean; roomy: boolean; onPause: (paused: boolean) => void }) {
  const words = paused ? "Resume" : "Pause";
  const sign = paused ? <PlayIcon /> : <PauseIcon />;
  return roomy ? (
    <Button size="s" kind={paused ? "primary" : "quiet"} onClick={() => onPause(!paused)}>
      {sign}
      {words}
    </Button>
  ) : (
    <IconButton label={words} className="size-9" onClick={() => onPause(!paused)}>
      {sign}
    </IconButton>
  );
}

function TimeLeft({ room, state, skew }: { room: Room; state: SessionState; skew: number }) {
  const now = useNow(500) + skew;
  const lowest = useRef<number>(Infinity);
  const before = useRef<number | null>(null);
  const measured = leftMs(state, room.turns, now);
  // The time for reading an answer is given on top; shown as a clock that jumps up it would only be puzzling, so the
  // clock stands until that time is used.
  lowest.current = Math.min(lowest.current, measured);
  const left = lowest.current;
  const [marked, setMarked] = useState(false);
  useEffect(() => {
    const words = state.state === "open" ? notice(before.current, left) : null;
    before.current = left;
    if (!words) return;
    announce(words);
    setMarked(true);
  }, [left, state.state]);
  useEffect(() => {
    if (!marked) return;
    const timer = setTimeout(() => setMarked(false), MARKED_MS);
    return () => clearTimeout(timer);
  }, [marked]);
  if (state.state === "ended") return <span className="text-sm text-faint">Over</span>;
  return (
    <span
      className={`rounded-small px-1.5 text-right leading-tight transition-colors duration-700 ${marked || left <= LATE_MS ? "bg-warn-wash" : ""}`}
      title={spoken(left)}
    >
      <span className="font-mono tabular-nums sm:text-lg" aria-hidden="true">
        {clock(left)}
      </span>
      <span className={`ml-1.5 text-xs text-faint ${left > 0 ? "hidden sm:inline" : ""}`} aria-hidden="true">
        {state.state === "paused" ? "paused" : left === 0 ? "time is up" : "left"}
      </span>
      <span className="sr-only">{spoken(left)}</span>
    </span>
  );
}

function PhaseBar({ chips }: { chips: PhaseChip[] }) {
  const here = useRef<HTMLLIElement>(null);
  const current = chips.findIndex((chip) => chip.standing === "current");
  useEffect(() => {
    const item = here.current;
    const list = item?.parentElement;
    if (item && list) list.scrollLeft = item.offsetLeft - list.clientWidth / 2 + item.clientWidth / 2;
  }, [current]);
  return (
    <nav aria-label="Parts of the interview" className="min-w-0">
      <ol className="room-phases relative flex gap-1 overflow-x-auto text-sm">
        {chips.map((chip) => (
          <li
            key={chip.id}
            ref={chip.standing === "current" ? here : undefined}
            aria-current={chip.standing === "current" ? "step" : undefined}
            className={`flex shrink-0 items-center gap-1 rounded-small px-2.5 py-0.5 ${LOOKS[chip.standing]}`}
          >
            {chip.standing === "done" && (
              <span className="-ml-1 inline-flex scale-75">
                <CheckIcon />
              </span>
            )}
            {chip.name}
            <span className="sr-only">, {chip.standing === "current" ? "now" : chip.standing}</span>
          </li>
        ))}
      </ol>
    </nav>
  );
}

const LOOKS: Record<PhaseChip["standing"], string> = {
  done: "text-soft",
  "passed over": "text-faint",
  current: "bg-accent text-on-accent font-medium",
  "to come": "text-faint",
};

function Connection({ live }: { live: Live }) {
  const link = useStore(live.store, (view) => view.link);
  const now = useNow(1000);
  const { text, retry } = linkWords(link, Math.max(now, link.since));
  const well = link.kind === "connected";
  return (
    <p
      role="status"
      className={`flex items-center gap-1.5 text-xs ${well ? "sr-only text-faint sm:not-sr-only" : "text-warn"}`}
    >
      <span aria-hidden="true" className={`size-2 rounded-full ${well ? "bg-good" : "bg-warn"}`} />
      <span>{text}</span>
      {retry && (
        <Button size="s" onClick={() => live.retry()}>
          Retry
        </Button>
      )}
    </p>
  );
}
