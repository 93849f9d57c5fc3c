// After the last word: one minute for one's own view of it, before any score is shown; then the card.
import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";

import { buttonClass } from "~/ui/Button";
import { Spinner } from "~/ui/Spinner";
import { useTitle } from "~/ui/Page";
import { api } from "~/wire/api";
import type { Room, SessionState } from "~/wire/types";

import { RatingForm } from "./RatingForm";
import { Transcript } from "./Transcript";
import { whyOver } from "./words";

const LOOK_EVERY_MS = 1500;
// A card that falls on somebody in the same second as the last word is hard to read.
const BREATH_MS = 1800;
const PATIENCE_MS = 45_000;

interface Props {
  session: string;
  room: Room;
  state: SessionState;
  /** Whether it ended on this page just now, and not some other day. */
  justNow: boolean;
}

export function Afterwards({ session, room, state, justNow }: Props) {
  useTitle(state.title);
  const navigate = useNavigate();
  const [told, setTold] = useState(state.rated || !(justNow || state.scorecard === "pending"));
  const { ready, late } = useCard(session, state.scorecard === "ready");
  const goOn = justNow && told && ready;
  useEffect(() => {
    if (!goOn) return;
    const timer = setTimeout(() => void navigate({ to: "/interviews/$id/card", params: { id: session } }), BREATH_MS);
    return () => clearTimeout(timer);
  }, [goOn, navigate, session]);

  return (
    <div className="mx-auto max-w-2xl px-4 py-10 sm:px-8 sm:py-14">
      <p className="text-sm text-faint">{state.title}</p>
      {!told ? (
        <RatingForm session={session} onDone={() => setTold(true)} />
      ) : (
        <>
          <h1 className="mt-1 font-serif text-3xl">{justNow ? "Thank you" : whyOver(state)}</h1>
          <div className="mt-6" role="status">
            {ready && !goOn ? (
              <Link to="/interviews/$id/card" params={{ id: session }} className={buttonClass("primary", "l")}>
                See your card
              </Link>
            ) : (
              <p className="flex items-center gap-3 text-lg text-soft">
                <Spinner />
                {late
                  ? "It takes longer than usual. You can leave; the card will be among your interviews."
                  : "I’ve got all of it. Your card takes a few seconds."}
              </p>
            )}
          </div>
        </>
      )}
      <nav className="mt-8 flex flex-wrap gap-x-6 gap-y-2 text-sm" aria-label="Elsewhere">
        <Link to="/" className="inline-flex min-h-6 items-center text-accent underline">
          Practise
        </Link>
        <Link to="/interviews" className="inline-flex min-h-6 items-center text-accent underline">
          Your interviews
        </Link>
      </nav>
      <details className="mt-10 border-t border-line pt-5" open={!justNow && told}>
        <summary className="text-soft">The conversation, word for word</summary>
        <div className="mt-6">
          <Transcript room={room} />
        </div>
      </details>
    </div>
  );
}

/** Looks for the card until it is there; the socket may have been closed with the interview. */
function useCard(session: string, there: boolean): { ready: boolean; late: boolean } {
  const [found, setFound] = useState(false);
  const [late, setLate] = useState(false);
  const ready = there || found;
  useEffect(() => {
    if (ready) return;
    const began = Date.now();
    const timer = setInterval(() => {
      setLate(Date.now() - began > PATIENCE_MS);
      api.transcript(session).then(
        (snapshot) => setFound(snapshot.room.state?.scorecard === "ready"),
        () => undefined,
      );
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [session, ready]);
  return { ready, late };
}
