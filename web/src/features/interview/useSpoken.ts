// Tells a screen reader what is said while one is in the room; what stood when the room was entered is not read out.
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";

import { announce } from "~/ui/announce";
import { allowSingleKeys } from "~/ui/keys";
import { queries } from "~/wire/queries";

import { spokenBetween } from "./spoken";
import type { Live } from "./useLive";

export function useSpoken(live: Live): void {
  const preferences = useQuery(queries.preferences()).data;
  const how = preferences?.announce ?? "whole";
  useEffect(() => {
    if (preferences) allowSingleKeys(preferences.single_keys);
  }, [preferences]);
  useEffect(
    () =>
      live.store.subscribe((now, before) => {
        for (const words of spokenBetween(before.room, now.room, how)) announce(words);
      }),
    [live, how],
  );
}
