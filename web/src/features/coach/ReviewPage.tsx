// One interview under review: whether it was fair, what was said, and the card. Blind first: the card is not even sent
// until one has given levels of one's own, or has asked to see it.
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

import { Banner } from "~/ui/Banner";
import { Button } from "~/ui/Button";
import { classes } from "~/ui/classes";
import { Choice } from "~/ui/Field";
import { useKeys } from "~/ui/keys";
import { useTitle } from "~/ui/Page";
import { Loading } from "~/ui/Spinner";
import { queries } from "~/wire/queries";

import { CardSide } from "./CardSide";
import { Contested } from "./Contested";
import { DeskProvider, type Review, useDesk, useNewDesk } from "./desk";
import { FairnessHead } from "./FairnessHead";
import { NoReview } from "./NoReview";
import { OwnLevels } from "./OwnLevels";
import { rememberOpened } from "./queue";
import { ReviewHead } from "./ReviewHead";
import { Sheets } from "./Sheets";
import { Talk } from "./Talk";

export function ReviewPage() {
  const { id = "" } = useParams({ strict: false });
  const review = useQuery(queries.review(id));
  if (review.error && !review.data) return <NoReview fault={review.error} retry={review.refetch} />;
  if (!review.data) return <Opening />;
  return <DeskOf key={id} id={id} review={review.data} />;
}

function Opening() {
  useTitle("Review");
  return <Loading label="Opening the interview" />;
}

function DeskOf({ id, review }: { id: string; review: Review }) {
  const desk = useNewDesk(id, review);
  useTitle(`Review of ${review.session.candidate}`);
  const numbers = review.room.turns.map((turn) => turn.n).filter((n) => n !== null);
  const step = (by: 1 | -1) => {
    const at = desk.at === null ? (by === 1 ? -1 : numbers.length) : numbers.indexOf(desk.at);
    const next = numbers[Math.min(numbers.length - 1, Math.max(0, at + by))];
    if (next !== undefined) desk.goTo(next);
  };
  useEffect(() => rememberOpened(id), [id]);
  const aside = useRef<HTMLElement>(null);
  const wasHidden = useRef(review.hidden);
  useEffect(() => {
    // What had the focus is gone with the form; the card has come in its place.
    if (wasHidden.current && !review.hidden) aside.current?.focus({ preventScroll: true });
    wasHidden.current = review.hidden;
  }, [review.hidden]);
  useKeys([
    { keys: "j", does: "Next turn", act: () => step(1) },
    { keys: "k", does: "Previous turn", act: () => step(-1) },
  ]);
  return (
    <DeskProvider value={desk}>
      <div className="mx-auto w-full max-w-[96rem] px-4 pt-4 pb-16 sm:px-8">
        <ReviewHead />
        {review.session.dismissed && (
          <div className="mb-4">
            <Banner tone="warn" title="Dismissed as invalid">
              {review.changes.find((change) => change.kind === "dismissed")?.reason ??
                "This interview counts in no trend and in no agreement."}
            </Banner>
          </div>
        )}
        <FairnessHead />
        <Sides />
        <div className="mt-4 grid gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,27rem)] xl:grid-cols-[minmax(0,1fr)_minmax(0,34rem)]">
          <section aria-labelledby="talk" className={classes("min-w-0", desk.side !== "talk" && "max-lg:hidden")}>
            <h2 id="talk" className="sr-only">
              The interview
            </h2>
            <Talk />
          </section>
          <aside
            ref={aside}
            tabIndex={-1}
            aria-label={review.hidden ? "Your levels" : "The card"}
            className={classes(
              desk.side !== "card" && "max-lg:hidden",
              "flex min-w-0 flex-col gap-4 outline-none lg:sticky lg:top-4 lg:max-h-[calc(100dvh-2rem)] lg:-m-1 lg:overflow-y-auto lg:p-1",
            )}
          >
            {review.hidden ? (
              <OwnLevels />
            ) : (
              <>
                <News />
                <Contested />
                <CardSide />
              </>
            )}
          </aside>
        </div>
      </div>
      <Sheets />
    </DeskProvider>
  );
}

/** In a narrow window the two halves take turns. */
function Sides() {
  const { review, side, show } = useDesk();
  return (
    <div className="sticky top-0 z-10 -mx-4 mt-4 bg-page px-4 py-2 sm:-mx-8 sm:px-8 lg:hidden">
      <Choice
        label="What to see"
        labelHidden
        value={side}
        onChange={show}
        options={[
          { value: "talk", label: "The interview" },
          { value: "card", label: review.hidden ? "Your levels" : "The card" },
        ]}
      />
    </div>
  );
}

/** What the last change did to the card, so that nobody has to look for it. */
function News() {
  const { news, forgetNews } = useDesk();
  if (news.length === 0) return null;
  return (
    <div className="sticky top-0 z-10">
      <Banner
        tone="info"
        title="The card was worked out anew"
        action={
          <Button size="s" kind="quiet" onClick={forgetNews}>
            Noted
          </Button>
        }
      >
        <ul>
          {news.map((line) => (
            <li key={line} className="tabular-nums">
              {line}
            </li>
          ))}
        </ul>
      </Banner>
    </div>
  );
}
