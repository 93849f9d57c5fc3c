// Who interviews here: the model that is set up or none, where its key stays, what it costs, a test, and how to set one up.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useRouterState } from "@tanstack/react-router";

import { Banner, Fault } from "~/ui/Banner";
import { Page, Panel } from "~/ui/Page";
import { Loading } from "~/ui/Spinner";
import { queries } from "~/wire/queries";
import type { Body } from "~/wire/types";

import { partOf, spending, whyOff } from "./sayings";
import { SetUp } from "./SetUp";
import { sourceOf } from "./setUps";
import { TestModel } from "./TestModel";

export function SettingsPage() {
  const model = useQuery(queries.model());
  const client = useQueryClient();
  const hash = useRouterState({ select: (state) => state.location.hash });
  if (model.error) {
    return (
      <Page title="Settings">
        <Fault fault={model.error} retry={() => model.refetch()} />
      </Page>
    );
  }
  if (!model.data) return <Loading />;
  const shown = model.data;
  return (
    <Page
      title="Settings"
      lead={
        <>
          Who interviews here. How you like the pages is under{" "}
          <Link to="/mine" className="text-accent underline">
            Mine
          </Link>
          .
        </>
      }
    >
      <div className="flex flex-col gap-8">
        <InTheChair shown={shown} />
        {shown.may_test && shown.seats.length > 0 && (
          <TestModel onDone={() => void client.invalidateQueries({ queryKey: queries.model().queryKey })} />
        )}
        {shown.may_test ? (
          <SetUp key={hash} envFile={shown.env_file || ".env in the folder where the server is started"} begin={sourceOf(hash)} />
        ) : (
          <p className="text-soft">Whoever runs this interviewer can change that, and every coach can test it.</p>
        )}
      </div>
    </Page>
  );
}

function InTheChair({ shown }: { shown: Body<"ModelShown"> }) {
  const off = whyOff(shown.off);
  return (
    <Panel title={`Interviewer: ${shown.interviewer}`}>
      <div className="flex max-w-prose flex-col gap-3">
        {shown.interviewer === "offline" && (
          <p className="text-soft">Rules and written lines, no language model. Nothing that is said leaves the server.</p>
        )}
        {shown.interviewer !== "offline" && !shown.may_test && (
          <p className="text-soft">A language model. What is said is sent to it; where it does not answer, written lines go on.</p>
        )}
        {off && shown.seats.length > 0 && <Banner tone="warn">{off}</Banner>}
        {shown.seats.length > 0 && (
          <>
            <ul className="flex flex-col gap-2">
              {shown.seats.map((seat) => (
                <li key={`${seat.name} ${seat.host} ${seat.roles[0]}`}>
                  <span className="font-medium break-words">{seat.name}</span> {partOf(seat, shown.off !== "")}.{" "}
                  <span className="text-soft">
                    At <span className="font-mono text-sm wrap-anywhere">{seat.host}</span>
                    {seat.local && ", on the server itself"}; {seat.key ? "a key is set" : "no key is set"}.
                  </span>
                </li>
              ))}
            </ul>
            {shown.key_stays && <p className="text-soft">{shown.key_stays}</p>}
            {shown.budget &&
              spending(shown.budget).map((sentence) => (
                <p key={sentence} className="text-soft">
                  {sentence}
                </p>
              ))}
          </>
        )}
      </div>
    </Panel>
  );
}
