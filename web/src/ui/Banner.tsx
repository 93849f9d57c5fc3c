import type { ReactNode } from "react";

import { Button } from "./Button";
import { classes } from "./classes";

export type Tone = "info" | "good" | "warn" | "bad";

const BANNERS: Record<Tone, string> = {
  info: "border-info/40 bg-info-wash",
  good: "border-good/40 bg-good-wash",
  warn: "border-warn/40 bg-warn-wash",
  bad: "border-bad/40 bg-bad-wash",
};
const WORDS: Record<Tone, string> = { info: "text-info", good: "text-good", warn: "text-warn", bad: "text-bad" };

export type BannerProps = { tone: Tone; title?: string; action?: ReactNode; children?: ReactNode };

/** Something to know, in its place on the page. A bad one is announced at once, the others when there is a pause. */
export function Banner({ tone, title, action, children }: BannerProps) {
  return (
    <div
      role={tone === "bad" ? "alert" : "status"}
      className={classes("flex flex-wrap items-center gap-x-4 gap-y-2 rounded-m border px-4 py-3", BANNERS[tone])}
    >
      <div className="min-w-0 grow">
        {title && <p className={classes("font-medium", WORDS[tone])}>{title}</p>}
        {children && <div className="text-ink">{children}</div>}
      </div>
      {action}
    </div>
  );
}

const TAGS: Record<Tone | "none", string> = {
  none: "border-line bg-sunken text-soft",
  info: "border-info/30 bg-info-wash text-info",
  good: "border-good/30 bg-good-wash text-good",
  warn: "border-warn/30 bg-warn-wash text-warn",
  bad: "border-bad/30 bg-bad-wash text-bad",
};

/** A word or two about the thing beside it. */
export function Tag({ tone = "none", children }: { tone?: Tone | "none"; children: ReactNode }) {
  return (
    <span className={classes("inline-flex items-center rounded-small border px-2 py-0.5 text-sm whitespace-nowrap", TAGS[tone])}>
      {children}
    </span>
  );
}

export type EmptyProps = { title: string; action?: ReactNode; children?: ReactNode };

/** Where there is nothing yet: what would be here, and the way to get it. */
export function Empty({ title, action, children }: EmptyProps) {
  return (
    <div className="flex flex-col items-center gap-2 rounded-large border border-dashed border-strong/60 px-6 py-12 text-center">
      <p className="font-serif text-xl">{title}</p>
      {children && <div className="max-w-prose text-soft">{children}</div>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}

export type FaultProps = {
  title?: string;
  /** What was thrown. An answer of the server's has words for people; any other error has not. */
  fault: unknown;
  retry?: (() => unknown) | undefined;
};

/** Something that could not be had, with a way to try again where there is one. */
export function Fault({ title = "This could not be loaded.", fault, retry }: FaultProps) {
  const told = fault instanceof Error && fault.name === "Problem" ? fault.message : "Something went wrong on this page.";
  return (
    <Banner
      tone="bad"
      title={title}
      action={
        retry && (
          <Button size="s" onClick={() => void retry()}>
            Try again
          </Button>
        )
      }
    >
      {told}
    </Banner>
  );
}
