// A transcript from elsewhere is scored here, and its card shown in place. Nothing of it is kept.
import { useMutation, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { Fault } from "~/ui/Banner";
import { Button } from "~/ui/Button";
import { Page } from "~/ui/Page";
import { Loading } from "~/ui/Spinner";
import { api } from "~/wire/api";
import { words } from "~/wire/problem";
import { queries } from "~/wire/queries";
import type { Body } from "~/wire/types";

import { Handing } from "./Handing";
import { rowsOf } from "./reading";
import { Spread } from "./Spread";

export function ScorePage() {
  const scenarios = useQuery(queries.scenarios());
  const score = useMutation({ mutationFn: api.score });
  if (score.data) return <Result scored={score.data} onAnother={() => score.reset()} />;
  if (scenarios.error) {
    return (
      <Page title="Score a transcript">
        <Fault fault={scenarios.error} retry={scenarios.refetch} />
      </Page>
    );
  }
  if (!scenarios.data) return <Loading />;
  return (
    <Page
      title="Score a transcript"
      lead="Of an interview you had elsewhere. It is read, scored and shown here; nothing of it is kept."
    >
      <Handing
        scenarios={scenarios.data.items}
        busy={score.isPending}
        fault={score.error ? told(words(score.error)) : null}
        onScore={(given) => score.mutate(given)}
        onChange={() => score.error && score.reset()}
      />
    </Page>
  );
}

/** Who speaks is the one thing that people often have to say themselves; it is said in terms of this page. */
function told(fault: string): string {
  const unknown = /unknown speakers \((.*?)\)/.exec(fault);
  if (!unknown) return fault;
  return unknown[1] === "none"
    ? "No turn begins with a name. Begin each one with “Interviewer:” or “Candidate:”."
    : `The turns are by ${unknown[1]}, and it cannot be told who of them is the candidate. Write the name under “Who is the candidate?”.`;
}

function Result({ scored, onAnother }: { scored: Body<"Scored">; onAnother: () => void }) {
  const { card, room } = scored;
  const rows = useMemo(() => rowsOf(card), [card]);
  return (
    <Page
      title={card.title ?? "Scorecard"}
      lead={`Held against ${card.level}. This card is not kept: download it if you want it again.`}
      actions={
        <>
          <Button size="s" kind="quiet" onClick={() => download(scored)}>
            Download (JSON)
          </Button>
          <Button size="s" kind="quiet" onClick={() => print()}>
            Print
          </Button>
          <Button size="s" onClick={onAnother}>
            Score another
          </Button>
        </>
      }
      wide
    >
      <Spread
        reading={{
          card,
          issued: card,
          rows,
          turns: room.turns,
          own: true,
          contests: [],
          answers: [],
          onContest: null,
          onRetry: null,
          retrying: null,
        }}
        candidate="Candidate"
      />
    </Page>
  );
}

function download({ card }: Body<"Scored">): void {
  const address = URL.createObjectURL(new Blob([JSON.stringify(card, null, 2)], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = "scorecard.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
