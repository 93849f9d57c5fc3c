// Following the end of a growing column without fighting the person who scrolls.
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";

const NEAR_PX = 24;
const UP_KEYS = new Set(["ArrowUp", "PageUp", "Home"]);

export type Follow = {
  /** The element that scrolls. */
  paneRef: RefObject<HTMLDivElement | null>;
  /** Its one child, which grows. */
  contentRef: RefObject<HTMLDivElement | null>;
  /** False while the person reads further up; show "Jump to latest" then, floating, so that it moves nothing. */
  following: boolean;
  /** Go to the end and follow again; also after one's own message. */
  jump: () => void;
};

/**
 * Keeps the pane at its end. Only a wheel, a touch, a key, a selection or the scrollbar counts as the person's wish: when
 * the pane changes its own height the browser moves the scroll place too, and that is nobody's wish.
 */
export function useFollow(): Follow {
  const paneRef = useRef<HTMLDivElement>(null);
  const contentRef = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(true);
  const follows = useRef(true);

  const follow = useCallback((wanted: boolean) => {
    follows.current = wanted;
    setFollowing(wanted);
  }, []);
  const toEnd = useCallback(() => {
    const pane = paneRef.current;
    if (pane) pane.scrollTop = pane.scrollHeight;
  }, []);
  const jump = useCallback(() => {
    follow(true);
    toEnd();
  }, [follow, toEnd]);

  useEffect(() => {
    const pane = paneRef.current;
    const content = contentRef.current;
    if (!pane || !content) return;
    const atEnd = () => pane.scrollHeight - pane.scrollTop - pane.clientHeight < NEAR_PX;
    const observer = new ResizeObserver(() => {
      if (follows.current) toEnd();
    });
    observer.observe(pane);
    observer.observe(content);
    let held = false;
    // Whether a wish led away from the end is known only after the browser has scrolled.
    const wished = () => requestAnimationFrame(() => follow(atEnd()));
    const wheel = (event: WheelEvent) => {
      if (event.deltaY < 0 && pane.scrollTop > 0) follow(false);
      else wished();
    };
    const key = (event: KeyboardEvent) => {
      if (UP_KEYS.has(event.key)) wished();
      else if (event.key === "End" || event.key === "PageDown" || event.key === "ArrowDown") wished();
    };
    const press = () => {
      held = true;
    };
    const release = () => {
      held = false;
    };
    const scroll = () => {
      if (held) follow(atEnd());
    };
    const selected = () => {
      const selection = document.getSelection();
      if (selection && !selection.isCollapsed && pane.contains(selection.anchorNode)) follow(false);
    };
    pane.addEventListener("wheel", wheel, { passive: true });
    pane.addEventListener("touchmove", wished, { passive: true });
    pane.addEventListener("keydown", key);
    pane.addEventListener("pointerdown", press);
    addEventListener("pointerup", release);
    pane.addEventListener("scroll", scroll, { passive: true });
    document.addEventListener("selectionchange", selected);
    return () => {
      observer.disconnect();
      pane.removeEventListener("wheel", wheel);
      pane.removeEventListener("touchmove", wished);
      pane.removeEventListener("keydown", key);
      pane.removeEventListener("pointerdown", press);
      removeEventListener("pointerup", release);
      pane.removeEventListener("scroll", scroll);
      document.removeEventListener("selectionchange", selected);
    };
  }, [follow, toEnd]);

  return { paneRef, contentRef, following, jump };
}
