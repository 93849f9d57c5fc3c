// Deleting all that is kept of oneself; it must be typed, since it cannot be taken back.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { Button } from "~/ui/Button";
import { Field, TextInput } from "~/ui/Field";
import { api } from "~/wire/api";
import { words } from "~/wire/problem";

const WORDS = "delete everything";

export function ForgetMe() {
  const [typed, setTyped] = useState("");
  const client = useQueryClient();
  const navigate = useNavigate();
  const forget = useMutation({
    mutationFn: api.forgetMe,
    onSuccess: async () => {
      client.clear();
      await navigate({ to: "/sign-in" });
    },
  });
  const meant = typed.trim().toLowerCase() === WORDS;
  return (
    <form
      className="flex max-w-prose flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (meant) forget.mutate();
      }}
    >
      <p className="text-soft">
        All your interviews, boards and cards are deleted for good, and you are signed out everywhere. There is no way back;
        download them first if you may want them.
      </p>
      <Field label={`Type “${WORDS}” to go on`} error={forget.error ? words(forget.error) : null}>
        {(bound) => (
          <TextInput {...bound} autoComplete="off" className="max-w-72" value={typed} onChange={(event) => setTyped(event.target.value)} />
        )}
      </Field>
      <div>
        <Button type="submit" kind="danger" disabled={!meant} busy={forget.isPending}>
          Delete everything
        </Button>
      </div>
    </form>
  );
}
