// An interview that is still open waits at the top of the lobby: go on, or let it go.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";

import { Button, buttonClass } from "~/ui/Button";
import { Confirm } from "~/ui/Dialog";
import { ago, clock } from "~/ui/format";
import { api } from "~/wire/api";
import { queries } from "~/wire/queries";
import type { SessionShown } from "~/wire/types";

/** `first` is the one that was left last; any others stand smaller under it. */
export function Continue({ session, now, first }: { session: SessionShown; now: number; first: boolean }) {
  const [asking, setAsking] = useState(false);
  const client = useQueryClient();
  const plans = useQuery(queries.plans());
  const plan = plans.data?.items.find((one) => one.id === session.plan);
  const phase = plan?.phases.find((one) => one.id === session.phase)?.name;

  async function discard() {
    await api.forget(session.id);
    await client.invalidateQueries({ queryKey: ["sessions"] });
    await client.invalidateQueries({ queryKey: ["scenarios"] });
  }

  return (
    <section
      aria-label="Interview to go on with"
      className={`flex flex-wrap items-center gap-x-6 gap-y-3 rounded-large border px-5 ${first ? "border-accent/40 bg-raised py-4 shadow-card" : "border-line py-2"}`}
    >
      <div className="min-w-0 grow">
        {first && <p className="text-sm text-soft">You were in the middle of</p>}
        <p className={`font-serif ${first ? "text-xl" : ""}`}>{session.title}</p>
        <p className="text-sm text-soft">
          {phase ? `${phase} · ` : ""}
          {session.left_s === null ? "" : `${clock(session.left_s * 1000)} left · `}
          {ago(session.last_at, now)}
          {session.state === "paused" ? " · the clock is stopped" : ""}
        </p>
      </div>
      <div className="flex flex-wrap gap-3">
        <Button kind="quiet" onClick={() => setAsking(true)}>
          Discard
        </Button>
        <Link to="/interviews/$id" params={{ id: session.id }} className={buttonClass(first ? "primary" : "plain")}>
          Go on
        </Link>
      </div>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title="Discard this interview?"
        action="Discard it"
        danger
        onConfirm={discard}
      >
        Everything said and drawn in “{session.title}” is deleted for good. There will be no card.
      </Confirm>
    </section>
  );
}
