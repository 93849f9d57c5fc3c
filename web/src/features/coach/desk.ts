// What the parts of the review page share: the review itself, acts on it, and which sheet is open. Acts answer with the
// whole review, so that nothing on the page is ever guessed.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { createContext, useContext, useRef, useState } from "react";

import { announce } from "~/ui/announce";
import { words } from "~/wire/problem";
import { queries } from "~/wire/queries";
import type { Body } from "~/wire/types";

import type { Span } from "./points";
import { moved } from "./rows";

export type Review = Body<"Review">;

/** The sheet that is open: what is about to be done. */
export type Doing =
  | { kind: "cite"; turn: number; span: Span | null; target?: string }
  | { kind: "drop"; evidence: string; quote: string }
  | { kind: "settle"; flag: string }
  | { kind: "level"; criterion: string }
  | { kind: "item"; target: string; to: "met" | "not_met" | "not_observable" }
  | { kind: "comment"; turn: number | null; shared: boolean }
  | { kind: "answer"; line: string; turn: number | null; name: string; reason: string }
  | { kind: "reveal" }
  | { kind: "dismiss" }
  | { kind: "board"; rev: number };

export type Act = {
  run: () => Promise<Review>;
  /** What is said to a screen reader once it is done. */
  done: string;
  /** It is about the card, so that it is said even where no level moved. */
  judges?: boolean;
};

export type Desk = {
  review: Review;
  doing: Doing | null;
  open: (doing: Doing | null) => void;
  act: (act: Act) => Promise<boolean>;
  busy: boolean;
  fault: string | null;
  /** What the last act moved on the card: "Data: 3 → 2". */
  news: readonly string[];
  forgetNews: () => void;
  /** The turn one is at. */
  at: number | null;
  goTo: (turn: number) => void;
  /** What a narrow window shows: the conversation, or the levels and the card. */
  side: "talk" | "card";
  show: (side: "talk" | "card") => void;
  /** Criteria that are unfolded: only their words are marked in the conversation; with none of them, all are. */
  lit: ReadonlySet<string>;
  light: (criterion: string, on: boolean) => void;
  /** The evidence that was last pointed at. */
  pointed: string | null;
  point: (evidence: string, turn: number) => void;
};

const Shared = createContext<Desk | null>(null);
export const DeskProvider = Shared.Provider;

export function useDesk(): Desk {
  const desk = useContext(Shared);
  if (!desk) throw new Error("useDesk is for the parts of the review page");
  return desk;
}

/** The desk for one interview. */
export function useNewDesk(id: string, review: Review): Desk {
  const client = useQueryClient();
  const [doing, setDoing] = useState<Doing | null>(null);
  const [news, setNews] = useState<readonly string[]>([]);
  const [at, setAt] = useState<number | null>(null);
  const [side, setSide] = useState<Desk["side"]>("talk");
  const [pointed, setPointed] = useState<string | null>(null);
  const [lit, setLit] = useState<ReadonlySet<string>>(new Set());
  const places = useRef({ talk: 0, card: 0 });
  const show = (next: Desk["side"]) => {
    if (next === side) return;
    places.current[side] = scrollY;
    setSide(next);
    requestAnimationFrame(() => scrollTo({ top: places.current[next], behavior: "instant" }));
  };
  const acting = useMutation({
    mutationFn: (act: Act) => act.run(),
    onSuccess: (after, act) => {
      const found = review.card && after.card ? moved(review.card, after.card) : [];
      const lines = act.judges && found.length === 0 ? ["No level moved."] : found;
      setNews(lines);
      client.setQueryData(queries.review(id).queryKey, after);
      void client.invalidateQueries({ queryKey: ["sessions"] });
      void client.invalidateQueries({ queryKey: queries.agreement().queryKey });
      announce([act.done, ...lines].join(". "));
    },
  });
  const goTo = (turn: number) => {
    setAt(turn);
    if (side === "card") places.current.card = scrollY;
    setSide("talk");
    // Somebody who is giving levels stays at their row while they step through the turns.
    const giving = innerWidth >= 1024 && document.activeElement?.closest("[data-level-row]");
    if (giving) announce(`Turn ${turn}`);
    // The conversation may only now come back into view.
    requestAnimationFrame(() => {
      const line = document.getElementById(`turn-${turn}`);
      if (!giving) line?.focus({ preventScroll: true });
      line?.scrollIntoView({ block: "center" });
    });
  };
  return {
    review,
    doing,
    open: (next) => {
      acting.reset();
      setDoing(next);
    },
    act: (act) =>
      acting.mutateAsync(act).then(
        () => {
          setDoing(null);
          return true;
        },
        () => false,
      ),
    busy: acting.isPending,
    fault: acting.error ? words(acting.error) : null,
    news,
    forgetNews: () => setNews([]),
    at,
    goTo,
    side,
    show,
    lit,
    light: (criterion, on) =>
      setLit((now) => new Set(on ? [...now, criterion] : [...now].filter((one) => one !== criterion))),
    pointed,
    point: (evidence, turn) => {
      setPointed(evidence);
      goTo(turn);
    },
  };
}
