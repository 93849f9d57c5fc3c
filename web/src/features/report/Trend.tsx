// How it has gone: one small line a criterion over all scored interviews, with the same as a table.
import { scaleLinear, scalePoint } from "d3-scale";

import { day } from "~/ui/format";
import type { Body } from "~/wire/types";

import { stepOf } from "./compare";
import { type Line, linesOf, unprompted } from "./trend";

const WIDE = 220;
const HIGH = 76;
const LAST = 8;
const EDGE = { left: 14, right: 10, top: 8, bottom: 8 };

export function Trend({ history }: { history: Body<"History"> }) {
  const lines = linesOf(history);
  const shares = unprompted(history.items);
  return (
    <>
      <ul className="grid gap-x-8 gap-y-6 sm:grid-cols-2 lg:grid-cols-3">
        {lines.map((line) => (
          <li key={line.id}>
            <h3 className="flex max-w-72 justify-between gap-3 text-sm font-medium">
              {line.name} <Latest line={line} />
            </h3>
            <Chart line={line} history={history} />
          </li>
        ))}
      </ul>
      <h3 className="mt-8 font-medium">What you brought up unasked</h3>
      <p className="text-sm text-soft">
        Of the things that were heard in an interview, how many came without being asked for
        {shares.length > LAST ? `; the last ${LAST}` : ""}.
      </p>
      <ol className="mt-3 flex max-w-3xl flex-col gap-2">
        {shares.slice(-LAST).map(({ at, share, met, of }) => (
          <li key={at} className="grid grid-cols-[1fr_6.5rem] items-center gap-x-3 text-sm sm:grid-cols-[17rem_1fr_6.5rem]">
            <span className="truncate text-soft max-sm:col-span-2">
              {day(history.items[at]?.session.started_at ?? "")}, {history.items[at]?.session.title}
            </span>
            <span aria-hidden="true" className="h-2.5 overflow-hidden rounded-full bg-sunken ring-1 ring-line">
              <span className="block h-full bg-accent" style={{ width: `${(share ?? 0) * 100}%` }} />
            </span>
            <span>{share === null ? "nothing heard" : `${met} of ${of}`}</span>
          </li>
        ))}
      </ol>
      <details className="mt-6">
        <summary className="text-soft">The levels as a table</summary>
        <Table lines={lines} items={history.items} />
      </details>
    </>
  );
}

/** The last level, and the step to it. */
function Latest({ line }: { line: Line }) {
  const [last, before] = line.dots.filter((dot) => dot.level !== null).reverse();
  if (!last) return null;
  const step = stepOf(before?.level ?? null, last.level);
  return (
    <span className="font-normal whitespace-nowrap text-soft" aria-hidden="true">
      {last.level}
      {step && `, ${step}`}
    </span>
  );
}

function Chart({ line, history }: { line: Line; history: Body<"History"> }) {
  const attempts = history.items.length;
  const x = scalePoint<number>()
    .domain([...Array(attempts).keys()])
    .range([EDGE.left, WIDE - EDGE.right])
    .padding(attempts === 1 ? 0.5 : 0.15);
  const y = scaleLinear()
    .domain([1, 4])
    .range([HIGH - EDGE.bottom, EDGE.top]);
  const last = line.dots.findLast((dot) => dot.level !== null);
  return (
    <svg viewBox={`0 0 ${WIDE} ${HIGH}`} role="img" aria-label={`${line.name}, oldest first: ${line.told}`} className="mt-1 w-full max-w-72">
      {[1, 2, 3, 4].map((level) => (
        <g key={level}>
          <line x1={EDGE.left} x2={WIDE} y1={y(level)} y2={y(level)} className="stroke-line" strokeWidth="1" />
          <text x="0" y={y(level) + 3.5} className="fill-faint" fontSize="10">
            {level}
          </text>
        </g>
      ))}
      {line.runs.map((run) => (
        <polyline
          key={run[0]?.at}
          points={run.map((dot) => `${x(dot.at)},${y(dot.level)}`).join(" ")}
          fill="none"
          className="stroke-accent"
          strokeWidth="1.75"
        />
      ))}
      {line.dots.map((dot) =>
        dot.level === null ? null : (
          <circle
            key={dot.at}
            cx={x(dot.at)}
            cy={y(dot.level)}
            r={dot === last ? 4.5 : 3}
            className={dot === last ? "fill-accent stroke-panel" : "fill-panel stroke-accent"}
            strokeWidth="1.5"
          >
            <title>{`${dot.level}: ${history.items[dot.at]?.session.title}, ${day(history.items[dot.at]?.session.started_at ?? "")}`}</title>
          </circle>
        ),
      )}
    </svg>
  );
}

function Table({ lines, items }: { lines: readonly Line[]; items: Body<"History">["items"] }) {
  return (
    <div className="mt-3 overflow-x-auto" tabIndex={0} role="region" aria-label="Levels by interview">
      <table className="text-left text-sm">
        <thead>
          <tr>
            <th className="py-1 pr-4 font-medium">Criterion</th>
            {items.map(({ session }) => (
              <th key={session.id} scope="col" className="px-3 py-1 font-normal whitespace-nowrap text-soft">
                {day(session.started_at)}
                <br />
                {session.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id} className="border-t border-line">
              <th scope="row" className="py-1 pr-4 font-normal whitespace-nowrap">
                {line.name}
              </th>
              {line.dots.map((dot) => (
                <td key={dot.at} className="px-3">
                  {dot.level ?? <span className="text-faint">not assessed</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
