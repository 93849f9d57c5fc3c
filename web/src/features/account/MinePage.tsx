// What is mine: how I like it, what is kept of me, and the way to take it along or have it gone.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";

import { Fault } from "~/ui/Banner";
import { Button, buttonClass } from "~/ui/Button";
import { Page, Panel } from "~/ui/Page";
import { Loading } from "~/ui/Spinner";
import { api, MY_DATA_HREF } from "~/wire/api";
import { queries } from "~/wire/queries";
import type { Body } from "~/wire/types";

import { ForgetMe } from "./ForgetMe";
import { Likes } from "./Likes";

export function MinePage() {
  const me = useQuery(queries.me());
  const preferences = useQuery(queries.preferences());
  const navigate = useNavigate();
  const client = useQueryClient();
  async function leave() {
    await api.signOut().catch(() => undefined);
    client.clear();
    await navigate({ to: "/sign-in" });
  }
  const fault = me.error ?? preferences.error;
  if (fault) {
    return (
      <Page title="Mine">
        <Fault fault={fault} retry={() => Promise.all([me.refetch(), preferences.refetch()])} />
      </Page>
    );
  }
  if (!me.data || !preferences.data) return <Loading />;
  return (
    <Page
      title="Mine"
      lead={`You are signed in as ${me.data.person.name}.`}
      actions={
        <Button onClick={() => void leave()}>Sign out</Button>
      }
    >
      <div className="flex flex-col gap-8">
        <Panel title="How you like it">
          <Likes preferences={preferences.data} />
        </Panel>
        <Panel title="A transcript from elsewhere">
          <p className="max-w-prose text-soft">
            Had an interview with somebody else? Paste what was said and get the same card for it. Nothing of it is kept.
          </p>
          <Link to="/score" className={`mt-3 ${buttonClass()}`}>
            Score a transcript
          </Link>
        </Panel>
        <Panel title="What is kept of you">
          <Kept me={me.data} />
          <div className="mt-4 flex flex-wrap gap-3">
            <a href={MY_DATA_HREF} download className={buttonClass()}>
              Download everything (JSON)
            </a>
            <Link to="/interviews" className={buttonClass()}>
              Delete single interviews
            </Link>
          </div>
        </Panel>
        <Panel title="Delete everything">
          <ForgetMe />
        </Panel>
      </div>
    </Page>
  );
}

function Kept({ me }: { me: Body<"Me"> }) {
  const readers = me.coaches.length > 0 ? `${listed(me.coaches)} can read them as a coach.` : "No coach reads them.";
  return (
    <ul className="flex list-disc flex-col gap-1 pl-5 text-soft">
      <li>Your interviews word for word, your boards, your cards, what you thought beforehand and what you contested.</li>
      <li>
        They are kept{" "}
        {me.data_folder ? (
          <>
            in <span className="font-mono text-sm break-all">{me.data_folder}</span>
          </>
        ) : (
          "on the machine that runs this interviewer"
        )}
        . {readers}
      </li>
      <li>
        {me.interviewer === "offline"
          ? "The offline interviewer needs no model. As long as it interviews, nothing you say leaves that machine; a model that is switched on is sent the whole interview."
          : `What you say goes to ${me.interviewer}, which interviews you.`}
      </li>
      <li>Version {me.version}.</li>
    </ul>
  );
}

function listed(names: readonly string[]): string {
  return new Intl.ListFormat("en-GB").format(names);
}
