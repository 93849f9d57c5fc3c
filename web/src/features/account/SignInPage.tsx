import { useQueryClient } from "@tanstack/react-query";
import { useLocation, useRouter } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";

import { Banner } from "~/ui/Banner";
import { Page } from "~/ui/Page";
import { Spinner } from "~/ui/Spinner";
import { api } from "~/wire/api";
import { words } from "~/wire/problem";
import { queries } from "~/wire/queries";

/** Takes the one-time code from the link's fragment, which no server and no log ever sees. */
export function SignInPage() {
  const router = useRouter();
  const client = useQueryClient();
  // Read as it changes: a link pasted into the tab that asks for one loads no page anew.
  const code = useLocation({ select: (there) => there.hash });
  // Where one was when the server no longer knew who is there; a pasted link begins a new entry of the history without it.
  const here = useLocation();
  const [from] = useState(here.state.from);
  const [busy, setBusy] = useState(code !== "");
  const [fault, setFault] = useState<string | null>(null);
  // The code is good once, and in development effects run twice.
  const asked = useRef("");
  useEffect(() => {
    if (!code || asked.current === code) return;
    asked.current = code;
    setBusy(true);
    setFault(null);
    history.replaceState(history.state, "", location.pathname);
    api
      .signIn(code)
      .then((me) => {
        client.setQueryData(queries.me().queryKey, me);
        router.history.replace(from ?? "/");
      })
      .catch((problem: unknown) => {
        setFault(words(problem));
        setBusy(false);
      });
  }, [code, client, router, from]);
  return (
    <Page title="Sign in">
      {busy ? (
        <Spinner label="Signing in…" />
      ) : (
        <div className="flex max-w-prose flex-col gap-4">
          {fault && (
            <Banner tone="bad" title="This link did not work.">
              {fault}
            </Banner>
          )}
          {!fault && from?.startsWith("/interviews/") && (
            <Banner tone="info" title="You are signed out.">
              The interview stays open with everything that was sent. Sign in again to go on.
            </Banner>
          )}
          <p>
            Open the link that <code className="font-mono">interviewer serve</code> prints in its terminal, or the one you were
            sent. Each link works once.
          </p>
        </div>
      )}
    </Page>
  );
}
