// The desk's two places, the queue and the agreement.
import { Link } from "@tanstack/react-router";

const PLACE =
  "inline-flex min-h-10 items-center rounded-m border border-transparent px-3.5 font-medium text-soft no-underline hover:text-ink aria-[current=page]:border-line aria-[current=page]:bg-raised aria-[current=page]:text-ink";

export function DeskNav() {
  return (
    <nav aria-label="Coach's desk" className="flex flex-wrap gap-1">
      <Link to="/coach" className={PLACE} activeOptions={{ exact: true }}>
        Queue
      </Link>
      <Link to="/coach/agreement" className={PLACE}>
        Agreement
      </Link>
    </nav>
  );
}
