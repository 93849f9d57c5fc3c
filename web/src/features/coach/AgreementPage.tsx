// How far coaches and the scorer agree: pooled, by criterion, and how much of it was done blind. Where there are too few
// pairs it says so instead of a figure.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { Banner, Empty, Fault } from "~/ui/Banner";
import { Button } from "~/ui/Button";
import { Field, Select } from "~/ui/Field";
import { Page, Panel } from "~/ui/Page";
import { Loading } from "~/ui/Spinner";
import { queries } from "~/wire/queries";
import type { Body } from "~/wire/types";

import { biasWords, FEW, kappa, mineWords, type Row, rowsOf, share, table } from "./agreement";
import { AgreementTable } from "./AgreementTable";
import { BiasDots } from "./BiasDots";
import { csvOf, download } from "./csv";
import { DeskNav } from "./DeskNav";
import { LevelGrid } from "./LevelGrid";
import { count } from "./words";

export function AgreementPage() {
  const found = useQuery(queries.agreement());
  if (found.error) return <Fault fault={found.error} retry={found.refetch} />;
  if (!found.data) return <Loading label="Comparing the levels" />;
  return (
    <Page
      title="Agreement"
      lead="The coach’s own levels against those the scorer issued, wherever both gave one."
      actions={<DeskNav />}
      wide
    >
      {found.data.pooled.n === 0 ? (
        <Empty title="Nothing to compare yet">
          Review an interview from the queue and give your own levels. Each criterion that you and the scorer both levelled
          counts as a pair here.
        </Empty>
      ) : (
        <Figures agreement={found.data} />
      )}
    </Page>
  );
}

function Figures({ agreement }: { agreement: Body<"Agreement"> }) {
  const { pooled } = agreement;
  const [chosen, setChosen] = useState(pooled.criterion);
  const rows = rowsOf(agreement);
  const row = rows.find((one) => one.criterion === chosen) ?? pooled;
  return (
    <div className="flex flex-col gap-6">
      {pooled.n < FEW && (
        <Banner tone="info" title="Too few to rest anything on">
          There {pooled.n === 1 ? "is 1 pair" : `are ${pooled.n} pairs`} from {count(agreement.sessions, "interview")}. Below{" "}
          {FEW} pairs a single review can move every figure.
        </Banner>
      )}
      <Pooled agreement={agreement} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 xl:grid-cols-2">
        <Panel title="Who gave what">
          <div className="mb-4 max-w-72">
            <Field label="Criterion">
              {(bound) => (
                <Select {...bound} value={chosen} onChange={(event) => setChosen(event.target.value)}>
                  {rows.map((one) => (
                    <option key={one.criterion} value={one.criterion}>
                      {one.name} ({one.n})
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          </div>
          <LevelGrid row={row} />
        </Panel>
        <Panel title="Stricter or milder than the scorer">
          <BiasDots rows={rows} />
        </Panel>
      </div>
      <Panel
        title="By criterion"
        actions={
          <Button size="s" onClick={() => download("agreement.csv", csvOf(table(agreement)))}>
            Download as CSV
          </Button>
        }
      >
        <AgreementTable rows={rows} />
      </Panel>
      <Rubrics versions={agreement.rubric_versions} />
    </div>
  );
}

function Pooled({ agreement }: { agreement: Body<"Agreement"> }) {
  const row: Row = agreement.pooled;
  const figures = [
    ["Pairs", `${row.n} from ${count(agreement.sessions, "interview")}`],
    ["Done blind", `${agreement.blind_sessions} of ${count(agreement.sessions, "interview")}`],
    ["Weighted kappa", kappa(row)],
    ["Exactly the same", share(row.exact, row.n)],
    ["At most one apart", share(row.within_one, row.n)],
  ];
  return (
    <section aria-label="All criteria together" className="rounded-large border border-line bg-panel p-5">
      <dl className="grid grid-cols-2 gap-x-8 gap-y-4 md:grid-cols-3 xl:grid-cols-5">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt className="text-sm text-soft">{name}</dt>
            <dd className="mt-0.5 font-serif text-xl tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 text-soft">
        {biasWords(row.bias)}
        {agreement.mine.n > 0 && agreement.mine.n < row.n && (
          <> Of these, {agreement.mine.n} are yours: {mineWords(agreement)} Only you are shown your own.</>
        )}
      </p>
    </section>
  );
}

/** A version is of the rubric and a problem together, so that one for each problem is nothing to wonder at. */
function Rubrics({ versions }: { versions: readonly string[] }) {
  return (
    <details className="text-sm text-soft">
      <summary className="min-h-6 text-accent underline marker:content-none">
        Made by {count(versions.length, "version")} of the rubric and its problems
      </summary>
      <p className="mt-2 max-w-prose">
        Every problem has a version of its own, so there are at least as many as problems. All are pooled here. The file has them in its
        last column.
      </p>
      <ul className="mt-1">
        {versions.map((version) => (
          <li key={version} className="font-mono break-all">
            {version}
          </li>
        ))}
      </ul>
    </details>
  );
}
