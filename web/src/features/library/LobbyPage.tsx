// Where people arrive: go on with what is open, or pick a problem and begin, in one click if they like.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";

import { Banner, Fault } from "~/ui/Banner";
import { useNow } from "~/ui/hooks";
import { useKeys } from "~/ui/keys";
import { Page } from "~/ui/Page";
import { Loading } from "~/ui/Spinner";
import { api } from "~/wire/api";
import { words } from "~/wire/problem";
import { queries } from "~/wire/queries";

import { Continue } from "./Continue";
import { InTheChair } from "./InTheChair";
import { found, type Problem, type Wanted } from "./problems";
import { Shelf } from "./Shelf";
import { type Start, StartSheet } from "./StartSheet";

export function LobbyPage() {
  const me = useQuery(queries.me());
  const preferences = useQuery(queries.preferences());
  const scenarios = useQuery(queries.scenarios());
  const open = useQuery(queries.sessions({ state: "open", limit: 3 }));
  const paused = useQuery(queries.sessions({ state: "paused", limit: 3 }));
  const history = useQuery(queries.history());
  const [wanted, setWanted] = useState<Wanted>({ words: "", kind: "all", untriedOnly: false });
  const [chosen, setChosen] = useState<Problem | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const now = useNow(60_000);
  const navigate = useNavigate();
  const client = useQueryClient();
  const begin = useMutation({
    mutationFn: (start: Start) => api.begin(start),
    onSuccess: async (session) => {
      void client.invalidateQueries({ queryKey: ["sessions"] });
      await navigate({ to: "/interviews/$id", params: { id: session.id } });
    },
  });
  useKeys([{ keys: "/", does: "Search the problems", act: () => search.current?.focus() }]);

  const fault = me.error ?? scenarios.error ?? preferences.error;
  if (fault) return <Fault fault={fault} retry={() => void client.invalidateQueries()} />;
  if (!me.data || !scenarios.data || !preferences.data) return <Loading label="Opening the lobby" />;

  const mine = me.data.person.id;
  const going = [...(open.data?.items ?? []), ...(paused.data?.items ?? [])]
    .filter((one) => one.candidate_id === mine)
    .sort((one, other) => Date.parse(other.last_at) - Date.parse(one.last_at));
  const likes = preferences.data;
  const note = history.data?.fix?.note_to_self;

  return (
    <Page
      title="Practise"
      lead="Pick a problem. You’ll be asked, answered from one fact sheet, pushed where it is thin, and shown a card that quotes you."
      wide
    >
      <div className="flex flex-col gap-8">
        {going.length > 0 && (
          <div className="flex flex-col gap-3">
            {going.slice(0, 1).map((session) => (
              <Continue key={session.id} session={session} now={now} first />
            ))}
            {going.length > 1 && (
              <details>
                <summary className="text-sm text-soft">{going.length - 1} more, begun earlier</summary>
                <div className="mt-2 flex flex-col gap-2">
                  {going.slice(1).map((session) => (
                    <Continue key={session.id} session={session} now={now} first={false} />
                  ))}
                </div>
              </details>
            )}
          </div>
        )}
        <InTheChair />
        {note && (
          <Banner tone="info" title="You wrote to yourself last time">
            “{note}”
          </Banner>
        )}
        {begin.error && !chosen && <Banner tone="bad">{words(begin.error)}</Banner>}
        <Shelf
          problems={found(scenarios.data.items, wanted)}
          wanted={wanted}
          onWanted={setWanted}
          searchRef={search}
          interviewer={me.data.interviewer}
          likes={likes}
          beginning={begin.isPending && !chosen ? (begin.variables?.scenario ?? null) : null}
          onChoose={setChosen}
          onBegin={(problem) =>
            begin.mutate({ scenario: problem.id, level: likes.level, mode: likes.mode, pace: likes.pace })
          }
        />
        <p className="text-soft">
          Had an interview elsewhere?{" "}
          <Link to="/score" className="text-accent underline">
            Have its transcript scored
          </Link>
          .
        </p>
      </div>
      {chosen && (
        <StartSheet
          key={chosen.id}
          problem={chosen}
          preferences={likes}
          me={me.data}
          note={note ?? ""}
          busy={begin.isPending}
          fault={begin.error ? words(begin.error) : null}
          onStart={(start) => begin.mutate(start)}
          onClose={() => setChosen(null)}
        />
      )}
    </Page>
  );
}
