// Every sheet of the desk, by what is about to be done.
import { lazy, Suspense } from "react";

import { Confirm } from "~/ui/Dialog";
import { Spinner } from "~/ui/Spinner";
import { api } from "~/wire/api";

import { CiteSheet } from "./CiteSheet";
import { type Doing, useDesk } from "./desk";
import { AnswerSheet, CommentSheet, DismissSheet, DropSheet, ItemSheet, LevelSheet, SettleSheet } from "./ReasonSheets";

const BoardSheet = lazy(() => import("./BoardSheet").then((found) => ({ default: found.BoardSheet })));

export function OpenSheet({ doing }: { doing: Doing }) {
  switch (doing.kind) {
    case "cite":
      return <CiteSheet {...doing} />;
    case "drop":
      return <DropSheet {...doing} />;
    case "settle":
      return <SettleSheet {...doing} />;
    case "level":
      return <LevelSheet {...doing} />;
    case "item":
      return <ItemSheet {...doing} />;
    case "comment":
      return <CommentSheet {...doing} />;
    case "answer":
      return <AnswerSheet {...doing} />;
    case "reveal":
      return <RevealSheet />;
    case "dismiss":
      return <DismissSheet />;
    case "board":
      return (
        <Suspense fallback={<Spinner />}>
          <BoardSheet rev={doing.rev} />
        </Suspense>
      );
  }
}

/** Looking at the card without levels of one's own, at a price that is said beforehand. */
function RevealSheet() {
  const { review, act, open } = useDesk();
  return (
    <Confirm
      open
      onOpenChange={(stays) => !stays && open(null)}
      title="Show the card without your levels?"
      action="Show it"
      onConfirm={() => act({ run: () => api.reveal(review.session.id), done: "The card is shown" })}
    >
      You can still give levels afterwards, but this interview will not count as blind in the agreement. That you looked is kept.
    </Confirm>
  );
}
