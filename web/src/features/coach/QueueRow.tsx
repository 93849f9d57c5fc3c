// One interview of the queue: who, which problem, when, how it was held, and what is still to be done.
import { Link } from "@tanstack/react-router";

import { Tag } from "~/ui/Banner";
import { classes } from "~/ui/classes";
import { moment } from "~/ui/format";
import type { SessionShown } from "~/wire/types";

import { type Stand, standOf } from "./queue";
import { count, stamps } from "./words";

const GRID =
  "grid gap-x-6 gap-y-1 px-4 py-2.5 sm:grid-cols-[minmax(0,1fr)_auto] lg:grid-cols-[minmax(14rem,1.2fr)_minmax(14rem,1fr)_11rem_18rem] lg:items-center";

export function QueueRow({ session }: { session: SessionShown }) {
  const stand = standOf(session);
  return (
    <li>
      {session.scorecard === "ready" ? (
        <Link
          to="/coach/$id"
          params={{ id: session.id }}
          className={classes(GRID, "no-underline outline-offset-[-3px] hover:bg-sunken focus-visible:bg-sunken")}
        >
          <Cells session={session} stand={stand} />
        </Link>
      ) : (
        <div className={GRID}>
          <Cells session={session} stand={stand} />
        </div>
      )}
    </li>
  );
}

function Cells({ session, stand }: { session: SessionShown; stand: Stand }) {
  return (
    <>
      <span className="min-w-0">
        <span className="block truncate font-medium">{session.candidate}</span>
        <span className="block truncate text-soft">{session.title}</span>
      </span>
      <span className="text-sm text-soft first-letter:uppercase">{stamps(session).join(", ")}</span>
      <time dateTime={session.started_at} className="text-sm text-soft tabular-nums">
        {moment(session.started_at)}
      </time>
      <span className="flex flex-wrap items-center gap-2 lg:justify-end">
        {session.contested > 0 && <Tag tone="warn">{count(session.contested, "line")} contested</Tag>}
        <StandTag stand={stand} byMe={session.looked_at} />
      </span>
    </>
  );
}

function StandTag({ stand, byMe }: { stand: Stand; byMe: boolean }) {
  switch (stand) {
    case "review":
      return <Tag tone="info">{byMe ? "Seen, to review" : "To review"}</Tag>;
    case "reviewed":
      return byMe ? <Tag tone="good">Reviewed</Tag> : <Tag>Reviewed by another</Tag>;
    case "dismissed":
      return <Tag>Dismissed</Tag>;
    case "pending":
      return <Tag>Card in the making</Tag>;
    case "running":
      return <Tag>Still going on</Tag>;
  }
}
