// One's own levels once the card is seen: they can still be given or changed, and that they came later is kept.
import { useState } from "react";

import { Button } from "~/ui/Button";
import { api } from "~/wire/api";

import { useDesk } from "./desk";
import { LevelRow } from "./OwnLevels";
import type { Own } from "./ownLevels";

export function MyLevels() {
  const { review, act, busy } = useDesk();
  const [changed, setChanged] = useState<Own>({});
  const given = { ...review.own, ...changed };
  const some = Object.keys(changed).length > 0;
  const save = () => {
    if (!some || busy) return;
    void act({ run: () => api.saveOwnLevels(review.session.id, { levels: changed }), done: "Your levels are kept" }).then(
      (done) => done && setChanged({}),
    );
  };
  return (
    <details className="mt-4">
      <summary className="min-h-8 text-accent underline marker:content-none">
        {Object.keys(review.own).length > 0 ? "Change your own levels" : "Give your own levels"}
      </summary>
      <p className="my-2 text-sm text-soft">
        You have seen the card, so what you give now is not blind. Blind levels given before still count in the agreement.
      </p>
      {review.criteria.map((criterion) => (
        <LevelRow
          key={criterion.id}
          criterion={criterion}
          value={given[criterion.id] as Own[string] | undefined}
          onChange={(value) =>
            setChanged(({ [criterion.id]: _, ...others }) => (value === undefined ? others : { ...others, [criterion.id]: value }))
          }
          onSave={save}
        />
      ))}
      <div className="mt-3">
        <Button size="s" kind="primary" busy={busy} disabled={!some} onClick={save}>
          Save your levels
        </Button>
      </div>
    </details>
  );
}
