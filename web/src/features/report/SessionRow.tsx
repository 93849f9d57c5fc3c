// One interview in the list: what it was, how it stands, and what can be done with it.
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";

import { Tag } from "~/ui/Banner";
import { Button, buttonClass } from "~/ui/Button";
import { Confirm } from "~/ui/Dialog";
import { clock, lasted, moment } from "~/ui/format";
import { announce } from "~/ui/announce";
import { api } from "~/wire/api";
import { words } from "~/wire/problem";
import type { SessionShown } from "~/wire/types";

export function SessionRow({ session }: { session: SessionShown }) {
  const [asking, setAsking] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const client = useQueryClient();
  const over = session.state === "ended";

  async function forget() {
    try {
      await api.forget(session.id);
      announce("Deleted");
      for (const name of ["sessions", "history", "scenarios"]) void client.invalidateQueries({ queryKey: [name] });
    } catch (thrown) {
      setFault(words(thrown));
    }
  }

  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-2 py-3.5">
      <div className="min-w-0 grow basis-72">
        <p className="font-serif text-lg">
          {session.retry_of && <span className="text-soft">A moment again: </span>}
          {session.title}
          {session.attempt > 1 && !session.retry_of && <span className="text-base text-soft">, attempt {session.attempt}</span>}
        </p>
        <p className="text-sm text-soft">
          {moment(session.started_at)} · {session.level} · {session.mode} · {session.pace} · {lasted(session.lasted ?? session.minutes)}
        </p>
        {fault && (
          <p role="alert" className="text-sm text-bad">
            {fault}
          </p>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {session.dismissed && <Tag>set aside</Tag>}
        {session.contested > 0 && <Tag tone="warn">{session.contested} contested</Tag>}
        {session.reviewed && <Tag tone="info">seen by a coach</Tag>}
        {over && session.overall !== null && <span className="text-soft">{session.overall} of 4</span>}
        {over && session.overall === null && session.scorecard === "pending" && <Tag>card on its way</Tag>}
        {!over && <Tag tone="good">{session.left_s === null ? "open" : `${clock(session.left_s * 1000)} left`}</Tag>}
      </div>
      <div className="no-print flex items-center gap-2">
        <Link
          to={over ? "/interviews/$id/card" : "/interviews/$id"}
          params={{ id: session.id }}
          className={buttonClass(over ? "plain" : "primary", "s")}
          aria-label={`${over ? "See the card" : "Go on"}: ${session.title}, ${moment(session.started_at)}`}
        >
          {over ? "See the card" : "Go on"}
        </Link>
        <Button
          kind="quiet"
          size="s"
          onClick={() => setAsking(true)}
          aria-label={`Delete: ${session.title}, ${moment(session.started_at)}`}
        >
          Delete
        </Button>
      </div>
      <Confirm open={asking} onOpenChange={setAsking} title="Delete this interview?" action="Delete it" danger onConfirm={forget}>
        What was said and drawn in “{session.title}” and its card are deleted for good, and the trends no longer know of it.
      </Confirm>
    </li>
  );
}
