// Whose interview it is, how it was held, the way to the next one, and what can be taken away or dismissed.
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";

import { Tag } from "~/ui/Banner";
import { Button, buttonClass } from "~/ui/Button";
import { moment } from "~/ui/format";
import { DownIcon } from "~/ui/icons";
import { useKeys } from "~/ui/keys";
import { Menu } from "~/ui/Menu";
import { reviewHref } from "~/wire/api";

import { useDesk } from "./desk";
import { everyone } from "./everyone";
import { neighbours } from "./queue";
import { stamps } from "./words";

const FILES = [
  { format: "debrief", label: "Debrief, one page" },
  { format: "markdown", label: "Review as Markdown" },
  { format: "html", label: "Review as a page" },
  { format: "json", label: "Review as JSON" },
  { format: "csv", label: "Levels and changes as CSV" },
] as const;

export function ReviewHead() {
  const { review, open } = useDesk();
  const { session } = review;
  return (
    <header className="mb-3 flex flex-wrap items-start justify-between gap-x-8 gap-y-3">
      <div className="min-w-0">
        <h1 className="font-serif text-2xl tracking-tight">
          {session.candidate} <span className="text-soft">on</span> {session.title}
        </h1>
        <p className="mt-1.5 flex flex-wrap items-center gap-2">
          {stamps(session).map((stamp) => (
            <Tag key={stamp}>{stamp}</Tag>
          ))}
          <time dateTime={session.started_at} className="text-sm text-soft">
            {moment(session.started_at)}
          </time>
        </p>
      </div>
      <div className="no-print flex flex-wrap items-center gap-2">
        <Steps id={session.id} />
        <Menu
          label="Take away"
          trigger={
            <Button size="s" disabled={review.hidden} title={review.hidden ? "Files hold the scorer's levels, so they come after your own." : undefined}>
              Take away
              <DownIcon />
            </Button>
          }
          items={FILES.map(({ format, label }) => ({ label, onSelect: () => fetchFile(session.id, format) }))}
        />
        <Button size="s" onClick={() => open({ kind: "comment", turn: null, shared: false })}>
          Note…
        </Button>
        {!session.dismissed && (
          <Button size="s" kind="danger" onClick={() => open({ kind: "dismiss" })}>
            Dismiss…
          </Button>
        )}
      </div>
    </header>
  );
}

function Steps({ id }: { id: string }) {
  const queue = useQuery(everyone());
  const navigate = useNavigate();
  const { before, after, place, of } = neighbours(queue.data?.sessions ?? [], id);
  const go = (to: { id: string } | null) => to && void navigate({ to: "/coach/$id", params: { id: to.id } });
  useKeys([
    { keys: "n", does: "Next interview of the queue", act: () => go(after) },
    { keys: "p", does: "Previous interview of the queue", act: () => go(before) },
  ]);
  return (
    <nav aria-label="Queue" className="flex items-center gap-1 text-sm text-soft tabular-nums">
      <Link to="/coach" className={buttonClass("quiet", "s")}>
        Queue
      </Link>
      {before && <Step id={before.id} label="Previous" />}
      {place > 0 && (
        <span className="px-1">
          {place} of {of}
        </span>
      )}
      {after && <Step id={after.id} label="Next" />}
    </nav>
  );
}

function Step({ id, label }: { id: string; label: string }) {
  return (
    <Link to="/coach/$id" params={{ id }} className={buttonClass("quiet", "s")}>
      {label}
    </Link>
  );
}

function fetchFile(id: string, format: (typeof FILES)[number]["format"]): void {
  const link = document.createElement("a");
  link.href = reviewHref(id, format);
  link.download = "";
  link.click();
}
