// What the pages ask for, named once, so that a change made on one page is seen on every other:
// `useQuery(queries.card(id))`, and after a change `client.invalidateQueries({ queryKey: queries.card(id).queryKey })`.
import { queryOptions } from "@tanstack/react-query";

import { api, type SessionQuery } from "./api";

export const queries = {
  me: () => queryOptions({ queryKey: ["me"], queryFn: ({ signal }) => api.me(signal), staleTime: 5 * 60_000 }),
  preferences: () => queryOptions({ queryKey: ["preferences"], queryFn: ({ signal }) => api.preferences(signal) }),
  model: () => queryOptions({ queryKey: ["model"], queryFn: ({ signal }) => api.model(signal) }),
  scenarios: () => queryOptions({ queryKey: ["scenarios"], queryFn: ({ signal }) => api.scenarios(signal) }),
  plans: () => queryOptions({ queryKey: ["plans"], queryFn: ({ signal }) => api.plans(signal), staleTime: Infinity }),
  sessions: (query: SessionQuery = {}) =>
    queryOptions({ queryKey: ["sessions", query], queryFn: ({ signal }) => api.sessions(query, signal) }),
  session: (id: string) => queryOptions({ queryKey: ["session", id], queryFn: ({ signal }) => api.session(id, signal) }),
  card: (id: string) => queryOptions({ queryKey: ["card", id], queryFn: ({ signal }) => api.card(id, signal) }),
  board: (id: string, rev?: number) =>
    queryOptions({ queryKey: ["board", id, rev ?? "now"], queryFn: ({ signal }) => api.board(id, rev, signal) }),
  comparison: (id: string, other: string) =>
    queryOptions({ queryKey: ["comparison", id, other], queryFn: ({ signal }) => api.compare(id, other, signal) }),
  history: () => queryOptions({ queryKey: ["history"], queryFn: ({ signal }) => api.history(signal) }),
  review: (id: string) => queryOptions({ queryKey: ["review", id], queryFn: ({ signal }) => api.review(id, signal) }),
  agreement: () => queryOptions({ queryKey: ["agreement"], queryFn: ({ signal }) => api.agreement(signal) }),
};
