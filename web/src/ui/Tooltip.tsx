import { cloneElement, type ReactElement, type Ref, useEffect, useId, useRef, useState } from "react";
import { createPortal } from "react-dom";

const DELAY_MS = 400;
const GAP_PX = 6;
const EDGE_PX = 8;

type Held = { "aria-describedby"?: string | undefined };

/**
 * One line about the control inside, on hover and on focus by keyboard; Escape takes it away. `name` says that the text is
 * the control's name already, so that it is not read twice.
 */
export function Tooltip({ text, name = false, children }: { text: string; name?: boolean; children: ReactElement<Held> }) {
  const id = useId();
  const holder = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [shown, setShown] = useState(false);

  function show(afterMs: number) {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setShown(true), afterMs);
  }
  function hide() {
    clearTimeout(timer.current);
    setShown(false);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!shown) return;
    const escape = (event: KeyboardEvent) => {
      if (event.key === "Escape") setShown(false);
    };
    addEventListener("keydown", escape, true);
    return () => removeEventListener("keydown", escape, true);
  }, [shown]);

  return (
    <span
      ref={holder}
      className="inline-flex"
      onPointerEnter={(event) => event.pointerType === "mouse" && show(DELAY_MS)}
      onPointerLeave={hide}
      onPointerDown={hide}
      onFocus={(event) => event.target.matches(":focus-visible") && show(0)}
      onBlur={hide}
    >
      {shown && !name ? cloneElement(children, { "aria-describedby": id }) : children}
      {shown &&
        createPortal(
          <span
            id={id}
            role="tooltip"
            ref={placed(holder.current)}
            className="pointer-events-none fixed z-50 max-w-64 rounded-small bg-ink px-2.5 py-1.5 text-sm text-page shadow-float"
          >
            {text}
          </span>,
          document.body,
        )}
    </span>
  );
}

/** Under the control and in the window; above it where there is no room below. */
function placed(anchor: HTMLElement | null): Ref<HTMLElement> {
  return (tip) => {
    if (!tip || !anchor) return;
    const at = anchor.getBoundingClientRect();
    const [wide, high] = [tip.offsetWidth, tip.offsetHeight];
    const left = Math.min(Math.max(EDGE_PX, at.left + at.width / 2 - wide / 2), innerWidth - wide - EDGE_PX);
    const below = at.bottom + GAP_PX;
    tip.style.left = `${left}px`;
    tip.style.top = `${below + high > innerHeight - EDGE_PX ? at.top - GAP_PX - high : below}px`;
  };
}
