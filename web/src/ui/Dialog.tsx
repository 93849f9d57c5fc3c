import { AlertDialog, Dialog as Primitive } from "radix-ui";
import { type ReactNode, useRef, useState } from "react";

import { Button, IconButton } from "./Button";
import { classes } from "./classes";
import { CloseIcon } from "./icons";

const VEIL = "fixed inset-0 z-40 bg-[rgb(var(--shade)/0.45)] motion-safe:animate-appear";
const SHEET =
  "fixed top-1/2 left-1/2 z-50 flex max-h-[90dvh] w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 flex-col rounded-large border border-line bg-raised shadow-float";

export type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: string;
  /** The buttons, in the order they are read; the main one last. */
  footer?: ReactNode;
  wide?: boolean;
  children?: ReactNode;
};

/** A sheet over the page; Escape and the veil close it, and focus goes back to where it came from. */
export function Dialog({ open, onOpenChange, title, description, footer, wide = false, children }: DialogProps) {
  const focus = useWayBack();
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className={VEIL} />
        <Primitive.Content
          className={classes(SHEET, wide ? "max-w-3xl" : "max-w-lg")}
          {...focus}
          {...(description ? {} : { "aria-describedby": undefined })}
        >
          <header className="px-6 pt-5 pr-16 pb-3">
            <Primitive.Title className="font-serif text-xl">{title}</Primitive.Title>
            {description && <Primitive.Description className="mt-1 text-soft">{description}</Primitive.Description>}
          </header>
          <div className="grow overflow-y-auto px-6 pb-5">{children}</div>
          {footer && <footer className="flex flex-wrap justify-end gap-3 border-t border-line px-6 py-4">{footer}</footer>}
          {/* Last, so that a sheet with a form opens on its first field. */}
          <div className="absolute top-3 right-4">
            <Primitive.Close asChild>
              <IconButton label="Close">
                <CloseIcon />
              </IconButton>
            </Primitive.Close>
          </div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

export type ConfirmProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What will happen, in a sentence or two. */
  children: ReactNode;
  /** The word on the button, such as "End interview". */
  action: string;
  danger?: boolean;
  /** While a promise it gives is pending the button is busy; the sheet closes after it. */
  onConfirm: () => void | Promise<unknown>;
};

/** Asks before something that cannot be taken back. */
export function Confirm({ open, onOpenChange, title, children, action, danger = false, onConfirm }: ConfirmProps) {
  const [busy, setBusy] = useState(false);
  const focus = useWayBack();
  async function confirm() {
    setBusy(true);
    try {
      await onConfirm();
    } finally {
      setBusy(false);
      onOpenChange(false);
    }
  }
  return (
    <AlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={VEIL} />
        <AlertDialog.Content className={classes(SHEET, "max-w-md p-6")} {...focus}>
          <AlertDialog.Title className="font-serif text-xl">{title}</AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="mt-2 text-soft">{children}</div>
          </AlertDialog.Description>
          <div className="mt-6 flex flex-wrap justify-end gap-3">
            <AlertDialog.Cancel asChild>
              <Button>Cancel</Button>
            </AlertDialog.Cancel>
            <Button kind={danger ? "danger" : "primary"} busy={busy} onClick={() => void confirm()}>
              {action}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

/** Our sheets have no trigger of their own, so whatever had the focus when one opened is remembered here. */
function useWayBack() {
  const from = useRef<HTMLElement | null>(null);
  return {
    onOpenAutoFocus: (event: Event) => {
      const here = document.activeElement;
      // A menu is gone by then; what opened it is not.
      const menu = here?.closest("[role=menu]")?.getAttribute("aria-labelledby");
      from.current = menu ? document.getElementById(menu) : here instanceof HTMLElement ? here : null;
      // A sheet may name where one begins; of radios it is the one that holds, not the first.
      const sheet = event.currentTarget instanceof HTMLElement ? event.currentTarget : null;
      const first = sheet?.querySelector<HTMLElement>("[data-first]") ?? sheet?.querySelector<HTMLElement>("input, select, textarea, button");
      const holds = first?.matches("input[type=radio]") ? first.closest("[role=radiogroup]")?.querySelector<HTMLElement>(":checked") : first;
      if (first?.matches("[data-first], input[type=radio]") && holds) {
        event.preventDefault();
        holds.focus();
      }
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      if (from.current?.isConnected) from.current.focus();
      else if (document.activeElement === document.body) document.getElementById("main")?.focus({ preventScroll: true });
    },
  };
}
