// Preferences; each is kept as soon as it is changed.
import { useMutation, useQueryClient } from "@tanstack/react-query";

import { Banner } from "~/ui/Banner";
import { Choice, Switch } from "~/ui/Field";
import { allowSingleKeys } from "~/ui/keys";
import { useTheme } from "~/ui/theme";
import { api } from "~/wire/api";
import { words } from "~/wire/problem";
import { queries } from "~/wire/queries";
import type { Body } from "~/wire/types";

type Preferences = Body<"Preferences">;

export function Likes({ preferences: likes }: { preferences: Preferences }) {
  const client = useQueryClient();
  const { chosen, choose } = useTheme();
  const key = queries.preferences().queryKey;
  const save = useMutation({
    mutationFn: api.savePreferences,
    onMutate: (next) => {
      const before = client.getQueryData(key);
      client.setQueryData(key, next);
      return before;
    },
    onSuccess: (kept) => client.setQueryData(key, kept),
    onError: (_fault, _next, before) => client.setQueryData(key, before),
  });
  const set = (change: Partial<Preferences>) => save.mutate({ ...likes, ...change });

  return (
    <div className="flex flex-col gap-5">
      {save.error && <Banner tone="bad">{words(save.error)}</Banner>}
      <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
        <Choice
          label="Theme"
          value={chosen}
          onChange={(theme) => {
            choose(theme);
            set({ theme });
          }}
          options={[
            { value: "system", label: "As the system" },
            { value: "light", label: "Light" },
            { value: "dark", label: "Dark" },
          ]}
        />
        <Choice
          label="How answers are announced to a screen reader"
          value={likes.announce}
          onChange={(announce) => set({ announce })}
          options={[
            { value: "whole", label: "Whole", hint: "Once, when the answer is complete." },
            { value: "sentence", label: "By sentence", hint: "Sentence by sentence, as it comes." },
            { value: "off", label: "Not at all", hint: "You read them yourself." },
          ]}
        />
        <Choice
          label="Usual level"
          value={likes.level}
          onChange={(level) => set({ level })}
          options={[
            { value: "mid", label: "Mid" },
            { value: "senior", label: "Senior" },
            { value: "staff", label: "Staff" },
          ]}
        />
        <Choice
          label="Usual mode"
          value={likes.mode}
          onChange={(mode) => set({ mode })}
          options={[
            { value: "practice", label: "Practice", hint: "Hints when you ask, and you may stop the clock." },
            { value: "mock", label: "Mock", hint: "As on the day: no hints, no pause." },
          ]}
        />
        <Choice
          label="Usual pace"
          value={likes.pace}
          onChange={(pace) => set({ pace })}
          options={[
            { value: "typed", label: "Typed", hint: "Half as much time again, since typing is slower." },
            { value: "spoken", label: "Spoken", hint: "The clock of a spoken interview." },
          ]}
        />
      </div>
      <Switch
        label="Single-key shortcuts"
        hint="One letter without Ctrl or ⌘, such as / to search. Press ? anywhere to see them all."
        checked={likes.single_keys}
        onChange={(single_keys) => {
          allowSingleKeys(single_keys);
          set({ single_keys });
        }}
      />
    </div>
  );
}
