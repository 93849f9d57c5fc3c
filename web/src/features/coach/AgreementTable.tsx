// The figures by criterion; what cannot be said from so few pairs is left open and says so.
import { classes } from "~/ui/classes";

import { bias, biasInterval, hasKappa, kappa, type Row, share } from "./agreement";

export function AgreementTable({ rows }: { rows: readonly Row[] }) {
  return (
    <div className="overflow-x-auto" tabIndex={0} role="group" aria-label="Agreement by criterion">
      <table className="w-full min-w-[44rem] text-sm tabular-nums">
        <thead>
          <tr className="border-b border-strong text-left text-soft">
            {["Criterion", "Pairs", "Weighted kappa, 95% interval", "Exactly the same", "At most one apart", "Coach less scorer"].map(
              (name, index) => (
                <th key={name} scope="col" className={classes("py-2 pr-4 font-medium", index === 1 && "text-right")}>
                  {name}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={row.criterion} className={classes("border-b border-line", index === 0 && "font-medium")}>
              <th scope="row" className={classes("py-2 pr-4 text-left", index === 0 ? "font-medium" : "font-normal")}>
                {row.name}
              </th>
              <td className="py-2 pr-4 text-right">{row.n}</td>
              {row.n === 0 ? (
                <td colSpan={4} className="py-2 text-faint">
                  no pair yet
                </td>
              ) : (
                <>
                  <td className={classes("py-2 pr-4", !hasKappa(row) && "text-faint")}>{kappa(row)}</td>
                  <td className="py-2 pr-4">{share(row.exact, row.n)}</td>
                  <td className="py-2 pr-4">{share(row.within_one, row.n)}</td>
                  <td className="py-2 pr-4">
                    {bias(row.bias)} {interval(row)}
                  </td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function interval(row: Row): string {
  const span = biasInterval(row);
  return span ? `(${bias(span.low)} to ${bias(span.high)})` : "";
}
