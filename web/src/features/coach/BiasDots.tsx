// The coach's mean less the scorer's, by criterion, as dots with intervals. The table of figures is its twin.
import { scaleLinear } from "d3-scale";
import { useId } from "react";

import { bias, biasInterval, type Row } from "./agreement";

const WIDE = 600;
const NAME = 250;
const LINE = 28;
const TOP = 40;
const FOOT = 8;
const MOST = 3;

export function BiasDots({ rows }: { rows: readonly Row[] }) {
  const id = useId();
  const some = rows.filter((row) => row.bias !== null);
  if (some.length === 0) return <p className="text-soft">Too few pairs to say.</p>;
  const spans = some.map((row) => biasInterval(row) ?? { low: row.bias ?? 0, high: row.bias ?? 0 });
  const far = Math.min(MOST, Math.max(1, ...spans.map((span) => Math.ceil(2 * Math.max(-span.low, span.high)) / 2)));
  const x = scaleLinear([-far, far], [NAME + 16, WIDE - 16]).clamp(true);
  const high = TOP + some.length * LINE + FOOT;
  return (
    <>
      <div className="overflow-x-auto" tabIndex={0} role="group" aria-label="Chart">
        <svg
          role="img"
          aria-labelledby={`${id}-title ${id}-desc`}
          viewBox={`0 0 ${WIDE} ${high}`}
          className="w-full min-w-[32rem] text-[13px] tabular-nums"
        >
          <title id={`${id}-title`}>The coach’s mean level less the scorer’s, by criterion</title>
          <desc id={`${id}-desc`}>
            {some.map((row) => `${row.name}: ${bias(row.bias)} from ${row.n}`).join("; ")}. The table below holds the same figures.
          </desc>
          <text x={x(-far)} y={14} className="fill-current text-soft">
            coach stricter
          </text>
          <text x={x(far)} y={14} textAnchor="end" className="fill-current text-soft">
            coach milder
          </text>
          {x.ticks(5).map((tick) => (
            <g key={tick} className={tick === 0 ? "text-strong" : "text-line"}>
              <line x1={x(tick)} x2={x(tick)} y1={TOP - 6} y2={high - FOOT} stroke="currentColor" strokeWidth={tick === 0 ? 1.5 : 1} />
              <text x={x(tick)} y={TOP - 11} textAnchor="middle" className="fill-current text-faint">
                {bias(tick)}
              </text>
            </g>
          ))}
          {some.map((row, index) => (
            <Dot key={row.criterion} row={row} x={x} y={TOP + index * LINE + LINE / 2} />
          ))}
        </svg>
      </div>
      <p className="mt-2 text-sm text-soft">
        A dot is the mean difference in levels; its line the 95% interval, drawn from three pairs on. Hollow dots have fewer.
      </p>
    </>
  );
}

function Dot({ row, x, y }: { row: Row; x: (value: number) => number; y: number }) {
  const span = biasInterval(row);
  const at = x(row.bias ?? 0);
  return (
    <g className="text-accent">
      <text x={0} y={y + 4} className="fill-current text-ink">
        {row.name.length > 32 ? `${row.name.slice(0, 31)}…` : row.name}
      </text>
      <text x={NAME} y={y + 4} textAnchor="end" className="fill-current text-faint">
        {row.n}
      </text>
      {span && <line x1={x(span.low)} x2={x(span.high)} y1={y} y2={y} stroke="currentColor" strokeWidth={2} />}
      <circle cx={at} cy={y} r={5} stroke="currentColor" strokeWidth={2} className={row.n < 3 ? "fill-panel" : "fill-accent"} />
    </g>
  );
}
