// The sheet that is open over the desk, whichever it is.
import { lazy, Suspense } from "react";

import { Spinner } from "~/ui/Spinner";

import { CiteSheet } from "./CiteSheet";
import { useDesk } from "./desk";
import { CommentSheet, DismissSheet, DropSheet, ItemSheet, LevelSheet, SettleSheet } from "./ReasonSheets";

const BoardSheet = lazy(() => import("./BoardSheet").then((found) => ({ default: found.BoardSheet })));

export function Sheets() {
  const { doing } = useDesk();
  switch (doing?.kind) {
    case undefined:
      return null;
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
