// The card of one interview: what it says, the words it rests on, and what one can do about it.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useMemo } from "react";

import { Banner } from "~/ui/Banner";
import { day } from "~/ui/format";
import { Page } from "~/ui/Page";
import { Loading } from "~/ui/Spinner";
import { api } from "~/wire/api";
import { words } from "~/wire/problem";
import { queries } from "~/wire/queries";
import type { Body } from "~/wire/types";

import { Beforehand } from "./Beforehand";
import { Boards } from "./Boards";
import { Compare } from "./Compare";
import { NoCard } from "./NoCard";
import { rowsOf } from "./reading";
import { RetryShown } from "./RetryShown";
import { Spread } from "./Spread";
import { Tools } from "./Tools";
import { Comment } from "./Transcript";

export function CardPage() {
  const { id = "" } = useParams({ strict: false });
  const page = useQuery(queries.card(id));
  const me = useQuery(queries.me());
  if (page.error) return <NoCard id={id} fault={page.error} />;
  if (!page.data || !me.data) return <Loading label="Opening the card…" />;
  return <Opened key={id} page={page.data} me={me.data} />;
}

function Opened({ page, me }: { page: Body<"CardPage">; me: Body<"Me"> }) {
  const { session, card } = page;
  const own = session.candidate_id === me.person.id;
  const client = useQueryClient();
  const navigate = useNavigate();
  const rows = useMemo(() => rowsOf(card), [card]);
  const retry = useMutation({
    mutationFn: (turn: number) => api.retry(session.id, turn),
    onSuccess: async (begun) => {
      void client.invalidateQueries({ queryKey: ["sessions"] });
      await navigate({ to: "/interviews/$id", params: { id: begun.id } });
    },
  });

  async function contest(line: string, reason: string) {
    const kept = await api.contest(session.id, { line, reason });
    client.setQueryData(queries.card(session.id).queryKey, (old) =>
      old && { ...old, contests: [...old.contests.filter((one) => one.line !== line || one.by !== kept.by), kept] },
    );
  }

  const general = page.comments.filter((one) => one.turn === null);
  return (
    <Page
      title={card.title ?? session.title}
      lead={`${day(session.started_at)}, held against ${card.level}${session.attempt > 1 ? `, attempt ${session.attempt}` : ""}. Every line leads to the words it rests on.`}
      actions={<Tools session={session.id} />}
      wide
    >
      <Spread
        reading={{
          card,
          issued: page.issued,
          rows,
          turns: page.room.turns,
          own,
          contests: page.contests,
          onContest: own ? contest : null,
          onRetry: own ? (turn) => retry.mutate(turn) : null,
          retrying: retry.isPending ? retry.variables : null,
        }}
        comments={page.comments}
        candidate={own ? "You" : session.candidate}
        before={
          <>
            <Notices page={page} own={own} />
            {retry.error && <Banner tone="bad">{words(retry.error)}</Banner>}
            {page.retry && <RetryShown retry={page.retry} />}
            {page.rating && <Beforehand rating={page.rating} card={card} own={own} />}
            {general.length > 0 && (
              <section aria-labelledby="comments-heading">
                <h2 id="comments-heading" className="font-serif text-xl">
                  From your coach
                </h2>
                {general.map((one) => (
                  <Comment key={one.at} comment={one} />
                ))}
              </section>
            )}
          </>
        }
        after={page.earlier.length > 0 && <Compare session={session} earlier={page.earlier} />}
        beside={page.boards.length > 0 && <Boards session={session.id} boards={page.boards} />}
      />
    </Page>
  );
}

function Notices({ page, own }: { page: Body<"CardPage">; own: boolean }) {
  const { session, card } = page;
  const changes = card.overrides.length;
  return (
    <>
      {!own && (
        <Banner
          tone="info"
          title={`This is ${session.candidate}’s card, as they see it.`}
          action={
            <Link to="/coach/$id" params={{ id: session.id }} className="no-print text-accent underline">
              Open it at the coach’s desk
            </Link>
          }
        />
      )}
      {session.dismissed && (
        <Banner tone="warn" title="A coach set this interview aside.">
          It counts in no trend. The card stays here to be read.
        </Banner>
      )}
      {changes > 0 && (
        <Banner tone="info">
          A coach changed {changes === 1 ? "one thing" : `${changes} things`} on this card. What the scorer had given stands beside
          each.
        </Banner>
      )}
    </>
  );
}
