// Red flags as they are stated, what was put right along the way, and apart from them what the scorer is not sure of.
import { Tag } from "~/ui/Banner";
import type { Body } from "~/wire/types";

import { Contest } from "./Contest";
import { Changed } from "./Levels";
import { Quotes, Searched } from "./Quote";
import { quotesOf, searchesOf, useReading } from "./reading";
import { putRight, sentence, severity, sources } from "./sayings";
import { Folded, Section } from "./Section";

type Flag = Body<"FlagResult">;

export function Recovered({ flags }: { flags: readonly Flag[] }) {
  return (
    <Section
      id="recovered"
      heading="Put right along the way"
      lead={
        flags.some((one) => one.how === "self")
          ? "Seeing one’s own mistake unasked is a strength, and counts as one."
          : "These count for nothing against you."
      }
    >
      <ul className="flex flex-col gap-6">
        {flags.map((one) => (
          <FlagLine key={one.id} flag={one} note={putRight(one.how)} tone={one.how === "self" ? "good" : "info"} />
        ))}
      </ul>
    </Section>
  );
}

export function RedFlags({ flags }: { flags: readonly Flag[] }) {
  return (
    <Section id="flags" heading="Red flags" lead={flags.length === 0 ? "None." : undefined}>
      <ul className="flex flex-col gap-6">
        {flags.map((one) => (
          <FlagLine key={one.id} flag={one} note={severity(one)} tone={one.severity >= 3 ? "bad" : "warn"} advised />
        ))}
      </ul>
    </Section>
  );
}

export function Possible({ flags }: { flags: readonly Flag[] }) {
  return (
    <Folded
      id="possible"
      heading={`Possible flags (${flags.length})`}
      lead="The scorer is not sure enough of these to say so. They cap no level and weigh only a little; read the quote and judge."
    >
      <ul className="flex flex-col gap-6">
        {flags.map((one) => (
          <FlagLine
            key={one.id}
            flag={one}
            note={one.status === "recovered" ? "put right later" : ""}
            advised
          />
        ))}
      </ul>
    </Folded>
  );
}

/** Flags that a coach took off the card, with the reason: what was said and taken back is not hidden. */
export function TakenOff() {
  const { card, issued } = useReading();
  const gone = issued.flags.filter((flag) => !card.flags.some((one) => one.id === flag.id));
  const taken = gone.flatMap((flag) => {
    const by = card.overrides.findLast((one) => one.target === flag.id);
    return by ? [{ flag, by }] : [];
  });
  if (taken.length === 0) return null;
  return (
    <Section id="taken-off" heading="Taken off by a coach">
      <ul className="flex flex-col gap-2">
        {taken.map(({ flag, by }) => (
          <li key={flag.id} className="max-w-prose">
            <s>{flag.name}</s>{" "}
            <span className="text-soft">
              {by.by}: {sentence(by.reason)}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function FlagLine(props: { flag: Flag; note: string; tone?: "good" | "info" | "warn" | "bad"; advised?: boolean }) {
  const { flag, note, tone, advised = false } = props;
  const { rows } = useReading();
  return (
    <li id={flag.id} className="break-inside-avoid">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="font-medium">{flag.name}</h3>
        {note && <Tag {...(tone ? { tone } : {})}>{note}</Tag>}
      </div>
      <p className="mt-1 max-w-prose text-soft">{flag.why}</p>
      <div className="mt-2 flex flex-col gap-2">
        <Quotes rows={quotesOf(flag.evidence, rows)} />
        {searchesOf(flag.evidence, rows).map((row) => (
          <Searched key={row.id} row={row} />
        ))}
      </div>
      {advised && (
        <p className="mt-2 max-w-prose">
          <span className="text-faint">{flag.stated ? "Instead:" : "If it holds:"}</span> {flag.advice}
        </p>
      )}
      {advised && flag.source.length > 0 && <p className="mt-1 text-sm text-faint">Source: {sources(flag.source)}</p>}
      {flag.settled && (
        <p className="mt-1 text-sm">
          <Tag tone="info">settled by {flag.settled.by}</Tag> <span className="text-soft">{flag.settled.reason}</span>
        </p>
      )}
      <Changed target={flag.id} />
      <Contest line={flag.id} about={flag.name} />
    </li>
  );
}
