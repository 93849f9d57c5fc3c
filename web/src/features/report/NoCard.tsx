// Where there is no card: it is on its way, the interview still runs, or there is no such interview.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";

import { Empty, Fault } from "~/ui/Banner";
import { buttonClass } from "~/ui/Button";
import { Page } from "~/ui/Page";
import { Loading, Spinner } from "~/ui/Spinner";
import { Problem } from "~/wire/problem";
import { queries } from "~/wire/queries";

const LOOK_EVERY_MS = 1500;
// A card takes seconds; one that cannot be made is tried again, at last once an hour.
const LATE_MS = 60_000;

export function NoCard({ id, fault }: { id: string; fault: unknown }) {
  const status = fault instanceof Problem ? fault.status : 0;
  const client = useQueryClient();
  const waits = status === 409;
  const session = useQuery({ ...queries.session(id), enabled: waits, refetchInterval: LOOK_EVERY_MS });
  const ended = session.data?.state === "ended";
  const ready = session.data?.scorecard === "ready";
  const late = !!session.data && session.dataUpdatedAt - Date.parse(session.data.last_at) > LATE_MS;

  useEffect(() => {
    // Asked for again and again, the card itself would blank this page each time.
    if (waits && ready) void client.refetchQueries({ queryKey: queries.card(id).queryKey });
  }, [waits, ready, session.dataUpdatedAt, client, id]);

  if (status === 404) {
    return (
      <Page title="No such card">
        <Empty
          title="There is no such interview"
          action={
            <Link to="/interviews" className={buttonClass("primary")}>
              Your interviews
            </Link>
          }
        >
          It may have been deleted, or it is not yours.
        </Empty>
      </Page>
    );
  }
  if (!waits) {
    return (
      <Page title="Scorecard">
        <Fault fault={fault} retry={() => client.refetchQueries({ queryKey: queries.card(id).queryKey })} />
      </Page>
    );
  }
  if (!session.data) return <Loading />;
  return (
    <Page title={session.data.title}>
      {ended ? (
        <Empty title="I’ve got all of it">
          <Spinner label={late ? "Your card takes longer than it should." : "Your card takes a few seconds."} />
          {late && <p>It is tried again by itself. Nothing is lost, and you need not wait here.</p>}
        </Empty>
      ) : (
        <Empty
          title="This interview is still going on"
          action={
            <Link to="/interviews/$id" params={{ id }} className={buttonClass("primary")}>
              Back to the interview
            </Link>
          }
        >
          The card is made when it is over.
        </Empty>
      )}
    </Page>
  );
}
