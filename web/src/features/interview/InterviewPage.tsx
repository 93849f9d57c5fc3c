// The page of one interview: finds out what stands, then shows the room, what follows it, or why there is none.
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { type ReactNode, useEffect, useState } from "react";
import { useStore } from "zustand";

import { Button, buttonClass } from "~/ui/Button";
import { useTitle } from "~/ui/Page";
import { Loading } from "~/ui/Spinner";
import { api } from "~/wire/api";
import { Problem, words } from "~/wire/problem";
import type { Stopped } from "~/wire/socket";

import { Afterwards } from "./Afterwards";
import { Room } from "./Room";
import "./room.css";
import { type Live, useLive } from "./useLive";

export function InterviewPage() {
  const { id = "" } = useParams({ strict: false });
  return <Interview key={id} id={id} />;
}

function Interview({ id }: { id: string }) {
  const found = useQuery({
    queryKey: ["room", id],
    queryFn: ({ signal }) => api.transcript(id, signal),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    retry: (count, fault) => fault instanceof Problem && fault.mayPass && count < 3,
  });
  useTitle("Interview");
  if (found.isPending) return <Loading label="Opening the room…" />;
  if (found.isError) {
    const gone = found.error instanceof Problem && [403, 404].includes(found.error.status);
    return gone ? <NotHere /> : <NoAnswer text={words(found.error)} onRetry={() => void found.refetch()} />;
  }
  const { room } = found.data;
  if (room.state?.state === "ended") {
    return <Afterwards session={id} room={room} state={room.state} justNow={false} />;
  }
  return <Entered id={id} />;
}

function Entered({ id }: { id: string }) {
  const live = useLive(id);
  return live ? <LiveInterview live={live} /> : <Loading label="Opening the room…" />;
}

function LiveInterview({ live }: { live: Live }) {
  const room = useStore(live.store, (view) => view.room);
  const link = useStore(live.store, (view) => view.link);
  const caughtUp = useCaughtUp(live);
  const { state } = room;
  useTitle(state?.title ?? "Interview");
  if (state?.state === "ended" && caughtUp) {
    return <Afterwards session={live.session} room={room} state={state} justNow />;
  }
  if (link.kind === "stopped" && link.why !== "left" && link.why !== "closed") return <Shut why={link.why} />;
  if (state === null || !caughtUp) return <Loading label="Opening the room…" afterMs={600} />;
  return <Room live={live} state={state} />;
}

/** History is replayed event by event; the room is shown once it stands as it is, and not while it rushes by. */
function useCaughtUp(live: Live): boolean {
  const [caughtUp, setCaughtUp] = useState(false);
  useEffect(() => {
    if (caughtUp) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const settle = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setCaughtUp(true), 80);
    };
    const stop = live.store.subscribe((now, before) => {
      if (now.room.state !== null && now.room !== before.room) settle();
    });
    if (live.store.getState().room.state !== null) settle();
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [live, caughtUp]);
  return caughtUp;
}

function NotHere() {
  return (
    <Plain title="This interview is not here">
      <p>It was deleted, or it belongs to somebody else.</p>
      <Ways />
    </Plain>
  );
}

function NoAnswer({ text, onRetry }: { text: string; onRetry: () => void }) {
  return (
    <Plain title="The room could not be opened">
      <p>{text} What was said is kept on the server, and what you had written is kept in this tab.</p>
      <p className="mt-6">
        <Button kind="primary" onClick={onRetry}>
          Try again
        </Button>
      </p>
    </Plain>
  );
}

function Shut({ why }: { why: Exclude<Stopped, "left" | "closed"> }) {
  switch (why) {
    case "not_available":
      return <NotHere />;
    case "signed_out":
      return (
        <Plain title="You are signed out">
          <p>The interview stays open with everything that was sent. Sign in again to go on.</p>
          <p className="mt-6">
            <Link to="/sign-in" className={buttonClass("primary")}>
              Sign in
            </Link>
          </p>
        </Plain>
      );
    case "replaced":
    case "outdated":
      return (
        <Plain title={why === "replaced" ? "Open in another tab" : "There is a newer version"}>
          <p>
            {why === "replaced"
              ? "This interview goes on in another tab."
              : "This page is older than the server. Nothing is lost by reloading it."}
          </p>
          <p className="mt-6">
            <Button kind="primary" onClick={() => location.reload()}>
              {why === "replaced" ? "Go on here" : "Reload"}
            </Button>
          </p>
        </Plain>
      );
  }
}

function Plain({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="mx-auto max-w-xl px-4 py-16 sm:px-8">
      <h1 className="font-serif text-3xl">{title}</h1>
      <div className="mt-3 text-soft">{children}</div>
    </div>
  );
}

function Ways() {
  return (
    <p className="mt-6 flex flex-wrap gap-3">
      <Link to="/" className={buttonClass("primary")}>
        Practise
      </Link>
      <Link to="/interviews" className={buttonClass("plain")}>
        Your interviews
      </Link>
    </p>
  );
}
