// A level from 1 to 4 as four fields. Where the level is not certain the fields it may reach are hatched.
import { classes } from "~/ui/classes";

export type BarProps = { level: number | null; interval?: readonly number[] | null };

const HATCH = "bg-[repeating-linear-gradient(135deg,var(--strong)_0_1.5px,transparent_1.5px_4.5px)]";

/** Decoration: whoever uses it says the level in words beside it. */
export function Bar({ level, interval }: BarProps) {
  const low = interval?.[0] ?? level ?? 0;
  const high = interval?.[1] ?? level ?? 0;
  return (
    <span aria-hidden="true" className="inline-flex shrink-0 gap-1">
      {[1, 2, 3, 4].map((field) => {
        const filled = level !== null && field <= level;
        const open = level !== null && field > level ? field <= high : field > low;
        return (
          <span
            key={field}
            className={classes(
              "block h-3.5 w-6 rounded-[0.2rem] border sm:w-8",
              filled && !open && "border-accent bg-accent",
              filled && open && "border-accent bg-accent/70",
              !filled && "border-strong/60",
              !filled && open && level !== null && HATCH,
            )}
          />
        );
      })}
    </span>
  );
}
