// A board as it stood with a turn: its parts and links as a list, and the picture when it is asked for.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { Banner, Fault } from "~/ui/Banner";
import { Button } from "~/ui/Button";
import { Dialog } from "~/ui/Dialog";
import { moment } from "~/ui/format";
import { Loading, Spinner } from "~/ui/Spinner";
import { queries } from "~/wire/queries";

import { type Listed, listed } from "./boards";
import { useDesk } from "./desk";

export function BoardSheet({ rev }: { rev: number }) {
  const { review, open } = useDesk();
  const board = useQuery(queries.board(review.session.id, rev));
  const at = review.boards.find((one) => one.rev === rev)?.at;
  const [drawn, setDrawn] = useState(false);
  const list = board.data ? listed(board.data.scene) : null;
  return (
    <Dialog
      open
      wide
      onOpenChange={(stays) => !stays && open(null)}
      title={`Board ${rev}`}
      {...(at ? { description: `Saved ${moment(at)}` } : {})}
    >
      {board.error && <Fault fault={board.error} retry={board.refetch} />}
      {board.isPending && <Loading label="Fetching the board" />}
      {list && <Parts list={list} />}
      {board.data && list?.text === null && (
        <div className="mt-4">
          {drawn ? <Picture scene={board.data.scene} /> : <Button onClick={() => setDrawn(true)}>Show the picture</Button>}
        </div>
      )}
    </Dialog>
  );
}

function Parts({ list }: { list: Listed }) {
  if (list.text !== null) {
    return <pre className="overflow-x-auto rounded-m border border-line bg-sunken p-3 font-mono text-sm">{list.text}</pre>;
  }
  if (list.parts.length + list.links.length === 0) return <p className="text-soft">Nothing was on it.</p>;
  return (
    <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
      {(["parts", "links"] as const).map((what) => (
        <section key={what}>
          <h3 className="font-medium first-letter:uppercase">{what}</h3>
          <ul className="list-disc pl-5">
            {list[what].map((one, index) => (
              // Two boxes may bear the same label.
              <li key={index}>{one}</li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** The drawing itself. Its library is large and comes only now. */
function Picture({ scene }: { scene: Record<string, unknown> }) {
  const [address, setAddress] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let gone = false;
    let made: string | null = null;
    const draw = async () => {
      const { exportToSvg } = await import("@excalidraw/excalidraw");
      const elements = (scene["elements"] ?? []) as Parameters<typeof exportToSvg>[0]["elements"];
      const appState = { exportBackground: true, viewBackgroundColor: "#ffffff", exportWithDarkMode: false };
      const svg = await exportToSvg({ elements, appState, files: null, skipInliningFonts: true, exportPadding: 24 });
      if (gone) return;
      made = URL.createObjectURL(new Blob([svg.outerHTML], { type: "image/svg+xml" }));
      setAddress(made);
    };
    draw().catch(() => setFailed(true));
    return () => {
      gone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [scene]);
  if (failed) return <Banner tone="bad">The picture could not be drawn. The list above is complete.</Banner>;
  if (!address) return <Spinner label="Drawing" />;
  return <img src={address} alt="The board as it was drawn; its parts and links are listed above." className="w-full rounded-m border border-line" />;
}
