// This card beside an earlier attempt at the same problem: levels side by side, items gained and lost.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { Fault } from "~/ui/Banner";
import { Field, Select } from "~/ui/Field";
import { moment } from "~/ui/format";
import { Loading } from "~/ui/Spinner";
import { queries } from "~/wire/queries";
import type { Body, SessionShown } from "~/wire/types";

import { Bar } from "./Bar";
import { stepOf } from "./compare";
import { Items } from "./RetryShown";

export function Compare({ session, earlier }: { session: SessionShown; earlier: readonly SessionShown[] }) {
  const [other, setOther] = useState(earlier.at(-1)?.id ?? "");
  const chosen = earlier.find((one) => one.id === other);
  return (
    <section aria-labelledby="compare-heading" className="no-print">
      <h2 id="compare-heading" className="font-serif text-xl">
        Against an earlier attempt
      </h2>
      <div className="mt-2 max-w-md">
        <Field label="Compare with">
          {(bound) => (
            <Select {...bound} value={other} onChange={(event) => setOther(event.target.value)}>
              {[...earlier].reverse().map((one) => (
                <option key={one.id} value={one.id}>
                  {`Attempt ${one.attempt}, ${moment(one.started_at)}, ${one.level}, ${one.mode}`}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      {chosen && <Compared session={session} other={chosen} />}
    </section>
  );
}

function Compared({ session, other }: { session: SessionShown; other: SessionShown }) {
  const compared = useQuery(queries.comparison(session.id, other.id));
  if (compared.error) return <Fault fault={compared.error} retry={compared.refetch} />;
  if (!compared.data) return <Loading label="Comparing…" />;
  const { criteria, gained, lost, flags_gone, flags_new } = compared.data;
  const unlike = (["level", "mode", "pace"] as const).filter((how) => session[how] !== other[how]);
  return (
    <div className="mt-4 flex flex-col gap-6">
      {unlike.length > 0 && (
        <p className="text-sm text-soft">
          They were held differently ({unlike.map((how) => `${how}: ${other[how]}, then ${session[how]}`).join("; ")}). Read the
          steps with that in mind.
        </p>
      )}
      <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Levels side by side">
        <table className="w-full text-left">
          <thead className="text-sm text-faint">
            <tr>
              <th className="py-1 font-normal">Criterion</th>
              <th className="px-3 py-1 font-normal">Attempt {other.attempt}</th>
              <th className="px-3 py-1 font-normal">Attempt {session.attempt}</th>
              <th className="py-1 font-normal">Step</th>
            </tr>
          </thead>
          <tbody>
            {criteria.map((one) => (
              <Row key={one.id} one={one} />
            ))}
          </tbody>
        </table>
      </div>
      <div className="grid gap-6 sm:grid-cols-2">
        <Items heading="Gained" sign="+" items={[...gained, ...flags_gone.map((name) => `No longer flagged: ${name}`)]} none="Nothing new was heard." />
        <Items heading="Lost" sign="−" items={[...lost, ...flags_new.map((name) => `Newly flagged: ${name}`)]} none="Nothing was lost." />
      </div>
    </div>
  );
}

function Row({ one }: { one: Body<"CriterionCompared"> }) {
  return (
    <tr className="border-t border-line">
      <th scope="row" className="py-2 font-medium">
        {one.name}
      </th>
      {[one.before, one.after].map((level, index) => (
        <td key={index} className="px-3 py-2 whitespace-nowrap">
          {level === null ? (
            <span className="text-sm text-faint">not assessed</span>
          ) : (
            <span className="inline-flex items-center gap-2">
              <Bar level={level} /> {level}
            </span>
          )}
        </td>
      ))}
      <td className="py-2 whitespace-nowrap">{stepOf(one.before, one.after)}</td>
    </tr>
  );
}
