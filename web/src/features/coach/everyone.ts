// All interviews of the installation, gathered page by page, so that filters and counts speak of all of them.
import { queryOptions } from "@tanstack/react-query";

import { api } from "~/wire/api";
import type { SessionShown } from "~/wire/types";

const A_PAGE = 100;
const MOST_PAGES = 20;

export type Everyone = {
  sessions: SessionShown[];
  /** There are more than are shown. */
  more: boolean;
};

/** The latest interviews of everybody, at most two thousand. */
export const everyone = () =>
  queryOptions({
    queryKey: ["sessions", "everyone"],
    queryFn: async ({ signal }): Promise<Everyone> => {
      const sessions: SessionShown[] = [];
      let cursor: string | null = null;
      for (let pages = 0; pages < MOST_PAGES; pages += 1) {
        const page: { items: SessionShown[]; next: string | null } = await api.sessions(
          { limit: A_PAGE, ...(cursor ? { cursor } : {}) },
          signal,
        );
        sessions.push(...page.items);
        cursor = page.next;
        if (cursor === null) break;
      }
      return { sessions, more: cursor !== null };
    },
  });
