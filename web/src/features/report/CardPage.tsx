// The card of one interview: what it says, the words it rests on, and what one can do about it.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useMemo } from "react";

import { Banner } from "~/ui/Banner";
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
import { heldOn, sentence } from "./sayings";
import { Spread } from "./Spread";
import { Tools } from "./Tools";

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

  const general = page.comments.filter((one) => one.turn === null && one.line === null);
  return (
    <Page
      title={card.title ?? session.title}
      lead={
        <>
          {sentence(heldOn(session))} Every quote leads to where it was said.{" "}
          <Link to={own ? "/interviews" : "/coach"} className="no-print text-base whitespace-nowrap text-accent underline">
            {own ? "Your interviews" : "All interviews"}
          </Link>
        </>
      }
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
          answers: page.comments.filter((one) => one.line !== null),
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
            <FromCoach comments={general} changes={card.overrides.length} own={own} />
          </>
        }
        middle={page.rating && <Beforehand rating={page.rating} card={card} own={own} />}
        after={page.earlier.length > 0 && <Compare session={session} earlier={page.earlier} />}
        beside={page.boards.length > 0 && <Boards session={session.id} boards={page.boards} />}
      />
    </Page>
  );
}

function Notices({ page, own }: { page: Body<"CardPage">; own: boolean }) {
  const { session } = page;
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
    </>
  );
}

/** What a coach says of the whole, and that the card holds their changes. */
function FromCoach(props: { comments: readonly Body<"CommentShown">[]; changes: number; own: boolean }) {
  const { comments, changes, own } = props;
  if (comments.length === 0 && changes === 0) return null;
  return (
    <section aria-labelledby="comments-heading" className="border-l-4 border-info/50 pl-4">
      <h2 id="comments-heading" className="font-medium text-info">
        {own ? "From your coach" : "From the coach"}
      </h2>
      {comments.map((one) => (
        <p key={one.at} className="mt-1 max-w-prose">
          {one.text} <span className="text-sm whitespace-nowrap text-faint">{one.by}</span>
        </p>
      ))}
      {changes > 0 && (
        <p className="mt-1 max-w-prose text-soft">
          {changes === 1 ? "One thing on this card was changed" : `${changes} things on this card were changed`}; what the scorer had
          given stands beside it.
        </p>
      )}
    </section>
  );
}
