// What the parts of the review page share: the review itself, acts on it, and which sheet is open. Acts answer with the
// whole review, so that nothing on the page is ever guessed.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { createContext, useContext, useState } from "react";

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
  | { kind: "comment"; turn: number | null; shared: boolean; text?: string; about?: string }
  | { kind: "dismiss" }
  | { kind: "board"; rev: number };

export type Act = {
  run: () => Promise<Review>;
  /** What is said to a screen reader once it is done. */
  done: string;
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
  const acting = useMutation({
    mutationFn: (act: Act) => act.run(),
    onSuccess: (after, act) => {
      const lines = review.card && after.card ? moved(review.card, after.card) : [];
      setNews(lines);
      client.setQueryData(queries.review(id).queryKey, after);
      void client.invalidateQueries({ queryKey: ["sessions"] });
      void client.invalidateQueries({ queryKey: queries.agreement().queryKey });
      announce([act.done, ...lines].join(". "));
    },
  });
  const goTo = (turn: number) => {
    setAt(turn);
    setSide("talk");
    // The conversation may only now come back into view.
    requestAnimationFrame(() => {
      const line = document.getElementById(`turn-${turn}`);
      line?.focus({ preventScroll: true });
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
    show: setSide,
    pointed,
    point: (evidence, turn) => {
      setPointed(evidence);
      goTo(turn);
    },
  };
}
