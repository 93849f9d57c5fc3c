import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";

import { classes } from "./classes";
import { Spinner } from "./Spinner";
import { Tooltip } from "./Tooltip";

export type ButtonKind = "primary" | "plain" | "quiet" | "danger";
export type ButtonSize = "s" | "m" | "l";

const KINDS: Record<ButtonKind, string> = {
  primary: "border-transparent bg-accent text-on-accent hover:bg-accent-deep",
  plain: "border-strong/60 bg-raised text-ink hover:border-strong hover:bg-sunken",
  quiet: "border-transparent text-soft hover:bg-sunken hover:text-ink",
  danger: "border-bad/60 bg-raised text-bad hover:bg-bad-wash",
};

const SIZES: Record<ButtonSize, string> = {
  s: "min-h-8 px-2.5 text-sm gap-1.5",
  m: "min-h-11 px-4 text-[0.9375rem] gap-2",
  l: "min-h-12 px-6 text-base gap-2",
};

/** The look of a button, for links that act as one. */
export function buttonClass(kind: ButtonKind = "plain", size: ButtonSize = "m"): string {
  return classes(
    "inline-flex items-center justify-center rounded-m border font-medium whitespace-nowrap no-underline select-none",
    "transition-colors duration-100 disabled:opacity-55 aria-disabled:opacity-55",
    KINDS[kind],
    SIZES[size],
  );
}

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  kind?: ButtonKind;
  size?: ButtonSize;
  /** Work is under way: the button keeps its place and its name, and cannot be pressed again. */
  busy?: boolean;
  ref?: Ref<HTMLButtonElement>;
};

/** A button; `type` is "button" unless it is said otherwise. */
export function Button({ kind = "plain", size = "m", busy = false, className, children, disabled, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={classes(buttonClass(kind, size), className)}
    >
      {busy && <Spinner />}
      {children}
    </button>
  );
}

/** A button that shows a sign only; its label is its name and its tooltip. */
export function IconButton({
  label,
  className,
  children,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { label: string; children: ReactNode; ref?: Ref<HTMLButtonElement> }) {
  return (
    <Tooltip text={label} name>
      <button
        type="button"
        aria-label={label}
        {...rest}
        className={classes(
          "inline-flex size-10 items-center justify-center rounded-m text-soft hover:bg-sunken hover:text-ink disabled:opacity-55",
          className,
        )}
      >
        {children}
      </button>
    </Tooltip>
  );
}
