// A part of the card under its heading; quieter parts are folded.
import type { ReactNode } from "react";

import { DownIcon } from "~/ui/icons";

type Props = { id: string; heading: string; lead?: ReactNode; children: ReactNode };

export function Section({ id, heading, lead, children }: Props) {
  return (
    <section aria-labelledby={`${id}-heading`} id={id} className="scroll-mt-6 break-inside-auto">
      <h2 id={`${id}-heading`} className="font-serif text-2xl print:break-after-avoid">
        {heading}
      </h2>
      {lead && <p className="mt-1 max-w-prose text-soft print:break-after-avoid">{lead}</p>}
      <div className="mt-4 has-[>ul:empty]:hidden has-[>ol:empty]:hidden">{children}</div>
    </section>
  );
}

/** A part that is closed until it is asked for; on paper it is open. */
export function Folded({ id, heading, lead, children, open = false }: Props & { open?: boolean }) {
  return (
    <section aria-labelledby={`${id}-heading`} id={id} className="scroll-mt-6 border-t border-line pt-4">
      <details className="group" open={open} data-on-paper>
        <summary className="flex list-none items-center gap-2 [&::-webkit-details-marker]:hidden">
          <span aria-hidden="true" className="no-print text-faint transition-transform group-open:rotate-180">
            <DownIcon />
          </span>
          <h2 id={`${id}-heading`} className="font-serif text-xl">
            {heading}
          </h2>
        </summary>
        {lead && <p className="mt-2 max-w-prose text-soft">{lead}</p>}
        <div className="mt-4">{children}</div>
      </details>
    </section>
  );
}
