// The board by turn: what it looked like at a moment of the interview, to be looked at only.
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";

import { Fault } from "~/ui/Banner";
import { Button } from "~/ui/Button";
import { Loading } from "~/ui/Spinner";
import { useTheme } from "~/ui/theme";
import { queries } from "~/wire/queries";
import type { Body } from "~/wire/types";

const BoardPicture = lazy(() => import("./BoardPicture"));

type Moment = Body<"BoardMoment">;

const nameOf = (one: Moment) => (one.turn === null ? `board ${one.rev}` : `turn ${one.turn}`);

export function Boards({ session, boards }: { session: string; boards: readonly Moment[] }) {
  const [chosen, setChosen] = useState<Moment | null>(null);
  return (
    <section aria-labelledby="boards-heading" className="mb-6">
      <h2 id="boards-heading" className="font-serif text-xl">
        The board by turn
      </h2>
      <div className="no-print mt-2 flex flex-wrap gap-1.5">
        {boards.map((one) => (
          <Button
            key={one.rev}
            size="s"
            aria-pressed={chosen?.rev === one.rev}
            className={chosen?.rev === one.rev ? "border-accent text-accent" : ""}
            onClick={() => setChosen(chosen?.rev === one.rev ? null : one)}
          >
            {nameOf(one)}
          </Button>
        ))}
      </div>
      {chosen && <Picture session={session} moment={chosen} />}
    </section>
  );
}

function Picture({ session, moment }: { session: string; moment: Moment }) {
  const board = useQuery({ ...queries.board(session, moment.rev), staleTime: Infinity });
  const { shown } = useTheme();
  if (board.error) return <Fault fault={board.error} retry={board.refetch} />;
  if (!board.data) return <Loading label="Opening the board…" />;
  const { scene } = board.data;
  return (
    <div className="mt-3">
      {scene.type === "text" && typeof scene.text === "string" ? (
        <pre className="overflow-x-auto rounded-m border border-line bg-raised p-3 font-mono text-sm">{scene.text}</pre>
      ) : (
        <Suspense fallback={<Loading label="Drawing the board…" />}>
          <BoardPicture scene={scene} label={`The board at ${nameOf(moment)}`} dark={shown === "dark"} />
        </Suspense>
      )}
    </div>
  );
}
