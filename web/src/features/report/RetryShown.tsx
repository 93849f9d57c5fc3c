// A moment taken up again: both answers side by side, and what the second one shows that the first did not.
import { Link } from "@tanstack/react-router";

import type { Body } from "~/wire/types";

export function RetryShown({ retry }: { retry: Body<"RetryCompared"> }) {
  return (
    <section aria-labelledby="retry-heading">
      <h2 id="retry-heading" className="font-serif text-2xl">
        The same moment, twice
      </h2>
      <p className="mt-2 max-w-prose font-serif text-[1.0625rem] text-soft">{retry.question}</p>
      <div className="mt-4 grid gap-5 lg:grid-cols-2">
        <Answer name="Before">{retry.before}</Answer>
        <Answer name="This time" now>
          {retry.after}
        </Answer>
      </div>
      <div className="mt-4 flex flex-col gap-3">
        <Items heading="Gained" sign="+" items={retry.gained} none="Nothing new was heard this time." />
        {retry.lost.length > 0 && (
          <details data-on-paper>
            <summary className="text-soft">
              Heard the first time and not this time ({retry.lost.length}); a shorter answer says less.
            </summary>
            <div className="mt-2">
              <Items heading="Not this time" sign="−" items={retry.lost} none="" />
            </div>
          </details>
        )}
      </div>
      <p className="no-print mt-4 text-sm">
        <Link to="/interviews/$id/card" params={{ id: retry.session }} className="text-accent underline">
          The card of the first interview
        </Link>
      </p>
    </section>
  );
}

function Answer({ name, now = false, children }: { name: string; now?: boolean; children: string }) {
  return (
    <div>
      <h3 className="text-sm text-faint">{name}</h3>
      <blockquote
        className={`mt-1 rounded-m px-4 py-3 whitespace-pre-wrap ${now ? "bg-accent-wash" : "bg-sunken"}`}
      >
        {children}
      </blockquote>
    </div>
  );
}

/** So many are read at a glance; the rest is a click away. */
const SHOWN = 8;

type ItemsProps = { heading: string; sign: string; items: readonly string[]; none: string };

export function Items({ heading, sign, items, none }: ItemsProps) {
  return (
    <div>
      <h3 className="font-medium">{heading}</h3>
      {items.length === 0 ? (
        <p className="text-soft">{none}</p>
      ) : (
        <>
          <Signed sign={sign} items={items.slice(0, SHOWN)} />
          {items.length > SHOWN && (
            <details className="mt-1">
              <summary className="py-1 text-sm text-soft">{items.length - SHOWN} more</summary>
              <Signed sign={sign} items={items.slice(SHOWN)} />
            </details>
          )}
        </>
      )}
    </div>
  );
}

function Signed({ sign, items }: Pick<ItemsProps, "sign" | "items">) {
  return (
    <ul className="mt-1 flex flex-col gap-1">
      {items.map((item) => (
        <li key={item} className="grid grid-cols-[1.25rem_1fr]">
          <span aria-hidden="true" className={sign === "+" ? "text-good" : "text-warn"}>
            {sign}
          </span>
          {item}
        </li>
      ))}
    </ul>
  );
}
