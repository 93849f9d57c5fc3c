// What can be taken away from a card: copied, printed, or as a file.
import { Button } from "~/ui/Button";
import { CopyButton } from "~/ui/CopyButton";
import { DownIcon } from "~/ui/icons";
import { api, cardHref } from "~/wire/api";

const FILES = [
  ["markdown", "Markdown"],
  ["html", "A page (HTML)"],
  ["csv", "A table (CSV)"],
  ["json", "Everything (JSON)"],
] as const;

export function Tools({ session }: { session: string }) {
  return (
    <>
      <CopyButton text={() => api.cardFile(session, "markdown")} label="Copy as Markdown" />
      <Button size="s" kind="quiet" onClick={() => print()}>
        Print
      </Button>
      <details
        className="relative"
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.currentTarget.open = false;
          event.currentTarget.querySelector("summary")?.focus();
        }}
      >
        <summary className="inline-flex min-h-8 list-none items-center gap-1 rounded-m px-2.5 text-sm font-medium text-soft hover:bg-sunken hover:text-ink [&::-webkit-details-marker]:hidden">
          Download <DownIcon />
        </summary>
        <ul className="absolute right-0 z-20 mt-1 w-48 rounded-m border border-line bg-raised p-1.5 shadow-float max-sm:right-auto max-sm:left-0">
          {FILES.map(([format, label]) => (
            <li key={format}>
              <a
                href={cardHref(session, format)}
                download={`scorecard-${session}.${format === "markdown" ? "md" : format}`}
                onClick={(event) => event.currentTarget.closest("details")?.removeAttribute("open")}
                className="flex min-h-10 items-center rounded-small px-3 text-ink no-underline hover:bg-sunken"
              >
                {label}
              </a>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}
