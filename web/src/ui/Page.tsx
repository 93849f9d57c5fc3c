import { type ReactNode, useEffect } from "react";

import { classes } from "./classes";

/** Names the window and the tab. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · Interviewer` : "Interviewer";
  }, [title]);
}

export type PageProps = {
  title: string;
  /** A sentence under the title. */
  lead?: ReactNode;
  actions?: ReactNode;
  /** As wide as the window allows; else a column that reads well. */
  wide?: boolean;
  children: ReactNode;
};

/** A page with its one heading. Pages that fill the window on their own use `useTitle` instead. */
export function Page({ title, lead, actions, wide = false, children }: PageProps) {
  useTitle(title);
  return (
    <div className={classes("mx-auto w-full px-4 pt-8 pb-16 sm:px-8", wide ? "max-w-[90rem]" : "max-w-4xl")}>
      <header className="mb-8 flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div className="max-w-2xl">
          <h1 className="font-serif text-3xl tracking-tight">{title}</h1>
          {lead && <p className="mt-2 text-lg text-soft">{lead}</p>}
        </div>
        {actions && <div className="no-print flex flex-wrap gap-3">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

export type PanelProps = { title?: ReactNode; actions?: ReactNode; className?: string; children: ReactNode };

/** A part of a page on its own ground. */
export function Panel({ title, actions, className, children }: PanelProps) {
  return (
    <section className={classes("rounded-large border border-line bg-panel p-5 shadow-card print:shadow-none", className)}>
      {(title || actions) && (
        <header className="mb-3 flex flex-wrap items-center justify-between gap-3">
          {title && <h2 className="font-serif text-xl">{title}</h2>}
          {actions && <div className="no-print flex flex-wrap gap-2">{actions}</div>}
        </header>
      )}
      {children}
    </section>
  );
}
