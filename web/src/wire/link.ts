// The state of the line in words a person would use.
import type { Link, Stopped } from "./socket";

const STOPPED: Record<Stopped, string> = {
  left: "Disconnected",
  outdated: "This page is older than the server. Reload it to go on.",
  signed_out: "You are signed out.",
  not_available: "This interview is not available to you.",
  replaced: "This interview is open in another tab.",
  closed: "This interview is over.",
};

const PATIENCE_MS = 10_000;

/** What to say, and whether to offer a retry: only after ten seconds, since most breaks mend themselves before. */
export function linkWords(link: Link, now: number): { text: string; retry: boolean } {
  const long = now - link.since >= PATIENCE_MS;
  switch (link.kind) {
    case "connected":
      return { text: "Connected", retry: false };
    case "connecting":
      return { text: "Connecting…", retry: false };
    case "offline":
      return { text: "You are offline. Your messages wait.", retry: long };
    case "reconnecting":
      return { text: long ? "Reconnecting. Nothing is lost." : "Reconnecting…", retry: long };
    case "stopped":
      return { text: STOPPED[link.why], retry: false };
  }
}
