// What the rules and the model read differently, before the levels that rest on it.
import type { Scorecard } from "~/wire/types";

import { Contest } from "./Contest";
import { Quotes } from "./Quote";
import { quotesOf, useReading } from "./reading";
import { Section } from "./Section";

/** Nothing where all who read the interview agree. Needs a ReadingContext around it. */
export function Disputed({ card }: { card: Scorecard }) {
  const { rows } = useReading();
  const lines = (card.disputes ?? []).flatMap((id) => {
    const flag = card.flags.find((one) => one.id === id);
    if (flag) return [{ id, text: flag.name, evidence: flag.evidence }];
    const item = card.criteria.flatMap((one) => one.items).find((one) => one.id === id);
    return item ? [{ id, text: item.text, evidence: item.evidence }] : [];
  });
  if (lines.length === 0) return null;
  return (
    <Section
      id="disputed"
      heading="Read two ways"
      lead="The rules and the model do not agree on these. They count for half; a coach’s word settles them."
    >
      <ul className="flex flex-col gap-4">
        {lines.map((one) => (
          <li key={one.id}>
            <p className="max-w-prose">{one.text}</p>
            <Quotes rows={quotesOf(one.evidence, rows)} />
            <Contest line={one.id} about={one.text} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
