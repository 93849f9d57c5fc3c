// One's own interviews: what is open to fix, how the levels have moved, and every interview with its card.
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { Banner, Empty, Fault } from "~/ui/Banner";
import { Button, buttonClass } from "~/ui/Button";
import { Choice, TextInput } from "~/ui/Field";
import { Page, Panel } from "~/ui/Page";
import { Loading } from "~/ui/Spinner";
import { api, type SessionQuery } from "~/wire/api";
import { words as faultWords } from "~/wire/problem";
import { queries } from "~/wire/queries";
import type { Body } from "~/wire/types";

import { headed, sentence } from "./sayings";
import { SessionRow } from "./SessionRow";
import { Trend } from "./Trend";
import { linesOf } from "./trend";

/** A drill is short: the weakness once, on another problem. */
const DRILL_MINUTES = 15;

type Wanted = "all" | "open" | "ready" | "contested";

const FILTERS: Record<Wanted, SessionQuery> = {
  all: {},
  open: { state: "open" },
  ready: { scorecard: "ready" },
  contested: { contested: true },
};

export function HistoryPage() {
  const history = useQuery(queries.history());
  return (
    <Page title="Your interviews" wide>
      <div className="flex flex-col gap-10">
        {history.data?.fix && <NextFix fix={history.data.fix} />}
        {history.data && linesOf(history.data).length > 0 && (
          <Panel title="How it has gone">
            <Trend history={history.data} />
          </Panel>
        )}
        <List />
      </div>
    </Page>
  );
}

function NextFix({ fix }: { fix: Body<"OpenFix"> }) {
  const scenarios = useQuery(queries.scenarios());
  const likes = useQuery(queries.preferences());
  const client = useQueryClient();
  const navigate = useNavigate();
  const drill = scenarios.data?.items.find((one) => one.id === fix.drill);
  const begin = useMutation({
    mutationFn: (scenario: string) =>
      api.begin({
        scenario,
        mode: "practice",
        minutes: DRILL_MINUTES,
        ...(likes.data ? { level: likes.data.level, pace: likes.data.pace } : {}),
      }),
    onSuccess: async (session) => {
      void client.invalidateQueries({ queryKey: ["sessions"] });
      await navigate({ to: "/interviews/$id", params: { id: session.id } });
    },
  });
  const { head, rest } = headed(fix.text);
  return (
    <section aria-labelledby="fix-heading" className="max-w-3xl">
      <h2 id="fix-heading" className="font-medium text-accent">
        The one thing to work on next
      </h2>
      <p className="mt-2 font-serif text-2xl leading-snug">{rest || sentence(head)}</p>
      {rest && <p className="mt-1 text-soft">{head}</p>}
      {fix.note_to_self && <p className="mt-3">You wrote to yourself: “{fix.note_to_self}”</p>}
      {begin.error && (
        <div className="mt-3">
          <Banner tone="bad">{faultWords(begin.error)}</Banner>
        </div>
      )}
      <p className="mt-4 flex flex-wrap items-center gap-x-5 gap-y-2">
        {drill && (
          <Button kind="primary" className="whitespace-normal!" busy={begin.isPending} onClick={() => begin.mutate(drill.id)}>
            Drill it: {DRILL_MINUTES} minutes on “{drill.title}”
          </Button>
        )}
        <Link to="/interviews/$id/card" params={{ id: fix.session }} className="text-accent underline">
          Where it comes from
        </Link>
      </p>
    </section>
  );
}

function List() {
  const [wanted, setWanted] = useState<Wanted>("all");
  const [words, setWords] = useState("");
  const query: SessionQuery = { mine: true, limit: 30, ...FILTERS[wanted], ...(words.trim() ? { q: words.trim() } : {}) };
  const pages = useInfiniteQuery({
    queryKey: ["sessions", "history", query],
    queryFn: ({ pageParam, signal }) => api.sessions({ ...query, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
  });
  const sessions = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const none = pages.data !== undefined && sessions.length === 0 && wanted === "all" && words.trim() === "";
  const filtered = wanted !== "all" || words.trim() !== "";
  return (
    <section aria-labelledby="list-heading">
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-3">
        <h2 id="list-heading" className="font-serif text-2xl">
          All of them
        </h2>
        <div className={none ? "hidden" : "no-print flex flex-wrap items-center gap-4"}>
          <TextInput
            type="search"
            aria-label="Search your interviews"
            placeholder="Search"
            className="max-w-52"
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
          <Choice
            label="Which"
            labelHidden
            value={wanted}
            onChange={setWanted}
            options={[
              { value: "all", label: "All" },
              { value: "open", label: "Open" },
              { value: "ready", label: "With a card" },
              { value: "contested", label: "Contested" },
            ]}
          />
        </div>
      </div>
      <div className="mt-4">
        {pages.error ? (
          <Fault fault={pages.error} retry={pages.refetch} />
        ) : !pages.data ? (
          <Loading />
        ) : sessions.length === 0 ? (
          <Nothing filtered={filtered} onAll={() => (setWanted("all"), setWords(""))} />
        ) : (
          <ul className="divide-y divide-line border-y border-line">
            {sessions.map((session) => (
              <SessionRow key={session.id} session={session} />
            ))}
          </ul>
        )}
        {pages.hasNextPage && (
          <Button className="mt-4" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            Show older ones
          </Button>
        )}
      </div>
    </section>
  );
}

function Nothing({ filtered, onAll }: { filtered: boolean; onAll: () => void }) {
  return filtered ? (
    <Empty title="None of that kind" action={<Button onClick={onAll}>Show all</Button>} />
  ) : (
    <Empty
      title="No interviews yet"
      action={
        <Link to="/" className={buttonClass("primary")}>
          Pick a problem
        </Link>
      }
    >
      After the first one its card is here; after the second, how your levels have moved.
    </Empty>
  );
}
