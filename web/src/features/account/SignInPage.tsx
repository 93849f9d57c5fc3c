import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";

import { Banner } from "~/ui/Banner";
import { Page } from "~/ui/Page";
import { Spinner } from "~/ui/Spinner";
import { api } from "~/wire/api";
import { words } from "~/wire/problem";
import { queries } from "~/wire/queries";

/** Takes the one-time code from the link's fragment, which no server and no log ever sees. */
export function SignInPage() {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [code] = useState(() => location.hash.slice(1));
  const [fault, setFault] = useState<string | null>(null);
  // The code is good once, and in development effects run twice.
  const asked = useRef(false);
  useEffect(() => {
    if (!code || asked.current) return;
    asked.current = true;
    history.replaceState(history.state, "", location.pathname);
    api
      .signIn(code)
      .then((me) => {
        client.setQueryData(queries.me().queryKey, me);
        return navigate({ to: "/", replace: true });
      })
      .catch((problem: unknown) => setFault(words(problem)));
  }, [code, client, navigate]);
  return (
    <Page title="Sign in">
      {code && !fault ? (
        <Spinner label="Signing in…" />
      ) : (
        <div className="flex max-w-prose flex-col gap-4">
          {fault && (
            <Banner tone="bad" title="This link did not work.">
              {fault}
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
