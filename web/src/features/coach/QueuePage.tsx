// Everybody's interviews as a list to work through. Nothing of the scorer's is shown for what is still to be reviewed.
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";

import { Banner, Empty, Fault } from "~/ui/Banner";
import { Button } from "~/ui/Button";
import { useKeys } from "~/ui/keys";
import { Page } from "~/ui/Page";
import { Loading } from "~/ui/Spinner";

import { DeskNav } from "./DeskNav";
import { everyone } from "./everyone";
import { ALL, choices, counts, lastOpened, lastWanted, queued, remember, type Wanted } from "./queue";
import { QueueFilters, Stands } from "./QueueFilters";
import { QueueRow } from "./QueueRow";

/** As many rows as are shown at once. */
const A_LOT = 100;

export function QueuePage() {
  const found = useQuery(everyone());
  const [wanted, setWanted] = useState<Wanted>(lastWanted);
  const [most, setMost] = useState(A_LOT);
  const list = useRef<HTMLUListElement>(null);
  const want = (next: Wanted) => {
    remember(next);
    setWanted(next);
    setMost(A_LOT);
  };
  useKeys([
    { keys: "j", does: "Next interview in the list", act: () => step(list.current, 1) },
    { keys: "k", does: "Previous interview in the list", act: () => step(list.current, -1) },
    { keys: "Enter", does: "Review the interview in focus" },
  ]);
  if (found.error) return <Fault fault={found.error} retry={found.refetch} />;
  if (!found.data) return <Loading label="Gathering the interviews" />;
  const { sessions, more } = found.data;
  const shown = queued(sessions, wanted);
  return (
    <Page title="Coach" lead="Give your own levels first; then see the scorer’s beside them." actions={<DeskNav />} wide>
      <div className="flex flex-col gap-5">
        {more && <Banner tone="info">The latest two thousand interviews are listed. Older ones are kept and not shown here.</Banner>}
        <Stands wanted={wanted} onWanted={want} counts={counts(sessions, wanted)} />
        <QueueFilters wanted={wanted} onWanted={want} choices={choices(sessions)} />
        {shown.length === 0 ? (
          <Nothing none={sessions.length === 0} stand={wanted.stand} showAll={() => want(ALL)} />
        ) : (
          <ul ref={list} aria-label="Interviews" className="divide-y divide-line overflow-hidden rounded-m border border-line bg-panel">
            {shown.slice(0, most).map((session) => (
              <QueueRow key={session.id} session={session} />
            ))}
          </ul>
        )}
        {shown.length > most && (
          <div className="self-center">
            <Button onClick={() => setMost(most + A_LOT)}>Show more ({shown.length - most} left)</Button>
          </div>
        )}
      </div>
    </Page>
  );
}

function Nothing({ none, stand, showAll }: { none: boolean; stand: Wanted["stand"]; showAll: () => void }) {
  if (none) return <Empty title="No interviews yet">They appear here as soon as somebody has practised.</Empty>;
  return (
    <Empty title={stand === "review" ? "Nothing left to review" : "No interview fits"} action={<Button onClick={showAll}>Show all</Button>}>
      {stand === "review" ? "With these filters, every scored interview has been reviewed." : "Take a filter off, or show all."}
    </Empty>
  );
}

/** From the row in focus, else from the interview that was opened last. */
function step(list: HTMLElement | null, by: 1 | -1): void {
  const links = [...(list?.querySelectorAll("a") ?? [])];
  const focused = links.findIndex((link) => link === document.activeElement);
  const at = focused === -1 ? links.findIndex((link) => link.pathname.endsWith(`/${lastOpened()}`)) : focused;
  const next = at === -1 ? (by === 1 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + by));
  links[next]?.focus();
}
