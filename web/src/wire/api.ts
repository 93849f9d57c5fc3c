// Every route of the server's as one typed function. Each throws Problem where the server says no.
import { ask, create, get, post, postLines, put, queryOf, remove } from "./http";
import type { Body, Given } from "./types";

type Signal = AbortSignal | undefined;
type CardFormat = "json" | "markdown" | "html" | "csv";
type ReviewFormat = CardFormat | "debrief";

/** Which interviews a list holds. A coach gets everybody's, unless `mine`. */
export type SessionQuery = {
  cursor?: string;
  limit?: number;
  state?: "open" | "paused" | "ended";
  scenario?: string;
  /** Words to look for. */
  q?: string;
  mine?: boolean;
  scorecard?: "none" | "pending" | "ready";
  contested?: boolean;
  reviewed?: boolean;
};

const one = (session: string) => `/v1/sessions/${encodeURIComponent(session)}`;

export const api = {
  // Who is there.
  signIn: (code: string) => post<Body<"Me">>("/v1/sign-in", { body: { code } satisfies Body<"SignIn"> }),
  signOut: () => post<void>("/v1/sign-out"),
  me: (signal?: Signal) => get<Body<"Me">>("/v1/me", { signal }),
  /** Erases all of one's own interviews and signs out everywhere. */
  forgetMe: () => remove("/v1/me/data"),
  preferences: (signal?: Signal) => get<Body<"Preferences">>("/v1/settings", { signal }),
  savePreferences: (body: Body<"Preferences">) => put<Body<"Preferences">>("/v1/settings", { body }),

  // Who interviews. A test tells each finding as it comes, the verdict last.
  model: (signal?: Signal) => get<Body<"ModelShown">>("/v1/model", { signal }),
  testModel: (onFinding: (finding: Body<"ModelCheck">) => void, signal?: Signal) =>
    postLines<Body<"ModelCheck">>("/v1/model/test", onFinding, { signal }),

  // What can be practised.
  scenarios: (signal?: Signal) => get<Body<"Scenarios">>("/v1/scenarios", { signal }),
  plans: (signal?: Signal) => get<Body<"Plans">>("/v1/plans", { signal }),

  // Interviews.
  begin: (body: Given<"NewSession", "scenario">) => create<Body<"SessionShown">>("/v1/sessions", { body }),
  sessions: (query: SessionQuery = {}, signal?: Signal) =>
    get<Body<"SessionPage">>("/v1/sessions", { query, signal }),
  session: (id: string, signal?: Signal) => get<Body<"SessionShown">>(one(id), { signal }),
  forget: (id: string) => remove(one(id)),
  ticket: (id: string, stream: Body<"NewTicket">["stream"] = "public") =>
    post<Body<"Ticket">>(`${one(id)}/tickets`, { body: { stream } satisfies Body<"NewTicket"> }),
  transcript: (id: string, signal?: Signal) => get<Body<"Snapshot">>(`${one(id)}/transcript`, { signal }),
  events: (id: string, after: number, signal?: Signal) =>
    get<Body<"Events">>(`${one(id)}/events`, { query: { after }, signal }),
  end: (id: string) => post<Body<"StateShown">>(`${one(id)}/end`),
  stop: (id: string) => post<Body<"StateShown">>(`${one(id)}/stop`),
  hint: (id: string) => post<Body<"StateShown">>(`${one(id)}/hint`),
  pause: (id: string) => post<Body<"StateShown">>(`${one(id)}/pause`),
  resume: (id: string) => post<Body<"StateShown">>(`${one(id)}/resume`),
  wish: (id: string, wish: Body<"Wish">["wish"]) =>
    post<Body<"StateShown">>(`${one(id)}/wishes`, { body: { wish } satisfies Body<"Wish"> }),

  // The board. `rev` asks for an older one; saving needs the revision that was drawn upon.
  board: (id: string, rev?: number, signal?: Signal) => get<Body<"Board">>(`${one(id)}/board`, { query: { rev }, signal }),
  saveBoard: (id: string, basedOn: number, scene: Body<"NewBoard">["scene"]) =>
    put<Body<"BoardStored">>(`${one(id)}/board`, { body: { scene }, headers: { "If-Match": `"${basedOn}"` } }),

  // Afterwards.
  card: (id: string, signal?: Signal) => get<Body<"CardPage">>(`${one(id)}/card-page`, { signal }),
  cardFile: (id: string, format: CardFormat) => ask("GET", cardHref(id, format)).then((response) => response.text()),
  compare: (id: string, other: string, signal?: Signal) =>
    get<Body<"Comparison">>(`${one(id)}/comparison`, { query: { with: other }, signal }),
  rate: (id: string, body: Partial<Body<"Rating">>) => put<void>(`${one(id)}/rating`, { body }),
  contest: (id: string, body: Body<"Contest">) => create<Body<"ContestShown">>(`${one(id)}/contests`, { body }),
  retry: (id: string, turn: number) =>
    create<Body<"SessionShown">>(`${one(id)}/retries`, { body: { turn } satisfies Body<"NewRetry"> }),
  history: (signal?: Signal) => get<Body<"History">>("/v1/history", { signal }),
  score: (body: Partial<Body<"ForScoring">>) => post<Body<"Scored">>("/v1/transcripts:score", { body }),

  // The coach's desk.
  review: (id: string, signal?: Signal) => get<Body<"Review">>(`${one(id)}/review`, { signal }),
  saveOwnLevels: (id: string, body: Body<"OwnLevels">) =>
    post<Body<"Review">>(`${one(id)}/levels`, { body }),
  reveal: (id: string) => post<Body<"Review">>(`${one(id)}/reveal`),
  override: (id: string, body: Body<"NewOverride">) => create<Body<"Review">>(`${one(id)}/overrides`, { body }),
  addEvidence: (id: string, body: Given<"NewEvidence", "target" | "turn" | "start" | "end" | "reason">) =>
    create<Body<"Review">>(`${one(id)}/evidence`, { body }),
  dropEvidence: (id: string, evidence: string, reason: string) =>
    post<Body<"Review">>(`${one(id)}/evidence/${encodeURIComponent(evidence)}/drop`, { body: { reason } }),
  settleFlag: (id: string, flag: string, body: Body<"Settling">) =>
    post<Body<"Review">>(`${one(id)}/flags/${encodeURIComponent(flag)}/settle`, { body }),
  comment: (id: string, body: Given<"NewComment", "text">) => create<Body<"Review">>(`${one(id)}/comments`, { body }),
  dismiss: (id: string, reason: string) => post<Body<"Review">>(`${one(id)}/dismiss`, { body: { reason } }),
  agreement: (signal?: Signal) => get<Body<"Agreement">>("/v1/agreement", { signal }),
};

/** Where a card can be fetched as a file; for links with `download`. */
export function cardHref(session: string, format: CardFormat): string {
  return `${one(session)}/scorecard${queryOf({ format })}`;
}

/** Where a coach's review can be fetched as a file; `debrief` is one page to talk from. */
export function reviewHref(session: string, format: ReviewFormat): string {
  return `${one(session)}/review/export${queryOf({ format })}`;
}

/** Where everything kept about oneself can be fetched as one file. */
export const MY_DATA_HREF = "/v1/me/export";
