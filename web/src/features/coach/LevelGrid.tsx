// Sixteen cells: how often the scorer gave one level and the coach another. The number stands in the cell; the shade only
// helps the eye along the diagonal.
import { classes } from "~/ui/classes";

import { kappa, type Row } from "./agreement";

const LEVELS = [1, 2, 3, 4];

export function LevelGrid({ row }: { row: Row }) {
  const most = Math.max(1, ...row.grid.flat());
  if (row.n === 0) return <p className="text-soft">No pair on this criterion yet.</p>;
  return (
    <div className="max-w-md">
      <table className="w-full table-fixed border-separate border-spacing-1 text-center tabular-nums">
        <caption className="mb-2 text-left text-sm text-soft">
          {row.name}: {row.n} {row.n === 1 ? "pair" : "pairs"}, weighted kappa {kappa(row)}. Rows are the scorer’s level, columns the coach’s; on the
          diagonal they agree.
        </caption>
        <thead>
          <tr className="text-sm text-soft">
            <td className="w-16" />
            {LEVELS.map((level) => (
              <th key={level} scope="col" className="font-medium">
                Coach {level}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {row.grid.map((counts, scorer) => (
            <tr key={scorer}>
              <th scope="row" className="text-sm font-medium text-soft">
                Scorer {scorer + 1}
              </th>
              {counts.map((count, coach) => (
                <td
                  key={coach}
                  className={classes(
                    "h-12 rounded-small border",
                    scorer === coach ? "border-accent font-medium" : "border-line",
                    count === 0 && "text-faint",
                  )}
                  style={{ backgroundColor: shade(count / most) }}
                >
                  {count}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** From the ground to a quarter of the accent; text keeps its contrast on all of it. */
function shade(part: number): string {
  return `color-mix(in srgb, var(--accent) ${Math.round(part * 26)}%, var(--panel))`;
}
