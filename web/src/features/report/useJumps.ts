// Going from a quote to its words and back again. Where one is stands in the address, so the browser's own Back does the
// same as the button.
import { useLocation, useNavigate, useRouter } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";

import { fragmentOf, type Passage, passageOf } from "./passages";

type Origin = { scroll: number; from: HTMLElement | null };

export type Jumps = {
  /** The words that are shown marked. */
  shown: Passage | null;
  jump: (to: Passage) => void;
  /** Goes back to where the quote was followed from; null where nobody came from anywhere. */
  back: (() => void) | null;
};

/** Needs the marked words in the page under the id `words-here`, or the turn under `turn-N`. */
export function useJumps(): Jumps {
  const fragment = useLocation({ select: (location) => location.hash });
  const shown = useMemo(() => passageOf(fragment), [fragment]);
  const navigate = useNavigate();
  const router = useRouter();
  const origin = useRef<Origin | null>(null);
  const [away, setAway] = useState(false);

  const jump = useCallback(
    (to: Passage) => {
      const here = document.activeElement;
      const again = origin.current !== null;
      const inText = Boolean(here?.closest("[data-transcript]"));
      // From one quote to the next, Back still leads to the card, to the quote that was followed last.
      if (!again || !inText) origin.current = { scroll: scrollY, from: here instanceof HTMLElement ? here : null };
      setAway(true);
      void navigate({
        to: ".",
        hash: fragmentOf(to),
        replace: again,
        resetScroll: false,
        hashScrollIntoView: false,
      });
      // The same words again: the address does not change, so nothing else would happen.
      if (fragmentOf(to) === passageFragment(router.state.location.hash)) show(to);
    },
    [navigate, router],
  );

  useEffect(() => {
    if (shown) {
      show(shown);
      return;
    }
    const to = origin.current;
    if (!to) return;
    origin.current = null;
    setAway(false);
    scrollTo({ top: to.scroll });
    to.from?.focus({ preventScroll: true });
  }, [shown]);

  const back = useCallback(() => router.history.back(), [router]);
  return { shown, jump, back: away ? back : null };
}

const passageFragment = (hash: string) => hash.replace(/^#/, "");

function show(passage: Passage): void {
  const turn = document.getElementById(`turn-${passage.turn}`);
  const words = document.getElementById("words-here") ?? turn;
  if (!turn || !words) return;
  const pane = words.closest("[data-pane]");
  if (pane && pane.scrollHeight > pane.clientHeight) {
    // Where the conversation scrolls by itself the card beside it stays where it is.
    const middle = words.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 2;
    pane.scrollTo({ top: pane.scrollTop + middle });
    words.scrollIntoView({ block: "nearest" });
  } else {
    words.scrollIntoView({ block: "center" });
  }
  turn.focus({ preventScroll: true });
}
