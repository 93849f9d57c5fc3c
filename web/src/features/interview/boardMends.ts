// What the whiteboard's own controls lack, or do too much of; mended from outside.
import { type KeyboardEvent, useEffect } from "react";

const EDGE_PX = 8;

/** Its help leads out to public pages; what is of use there stands among our keys. */
export function keepHelpAway(event: KeyboardEvent): void {
  const writing = event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement;
  if (event.key === "?" && !writing) event.stopPropagation();
}

/** Its menu button comes without a name, and its context menu reaches out of the board where that is narrow. */
export function useMended(frame: { current: HTMLElement | null }): void {
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const mend = () => {
      element.querySelector(".main-menu-trigger:not([aria-label])")?.setAttribute("aria-label", "Board menu");
      const menu = element.querySelector<HTMLElement>(".popover:has(> .context-menu)");
      if (menu) putInside(menu, element);
    };
    const watched = new MutationObserver(mend);
    watched.observe(element, { childList: true, subtree: true });
    mend();
    return () => watched.disconnect();
  }, [frame]);
}

function putInside(menu: HTMLElement, frame: HTMLElement): void {
  const [inner, outer] = [menu.getBoundingClientRect(), frame.getBoundingClientRect()];
  const [right, down] = [inner.right - outer.right + EDGE_PX, inner.bottom - outer.bottom + EDGE_PX];
  if (right > 0) menu.style.left = `${Math.max(EDGE_PX, menu.offsetLeft - right)}px`;
  if (down > 0) menu.style.top = `${Math.max(EDGE_PX, menu.offsetTop - down)}px`;
}
