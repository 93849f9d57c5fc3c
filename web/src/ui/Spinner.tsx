import { useEffect, useState } from "react";

/** A small turning ring; with a label it is announced, without it is decoration. */
export function Spinner({ label }: { label?: string }) {
  return (
    <span role={label ? "status" : undefined} className="inline-flex items-center gap-2">
      <span
        aria-hidden="true"
        className="size-4 animate-spin rounded-full border-2 border-current border-r-transparent motion-reduce:animate-none motion-reduce:border-dotted"
      />
      {label && <span>{label}</span>}
    </span>
  );
}

/** A page or panel on its way. It shows nothing for the first moment, so that quick answers do not flicker. */
export function Loading({ label = "Loading…", afterMs = 250 }: { label?: string; afterMs?: number }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), afterMs);
    return () => clearTimeout(timer);
  }, [afterMs]);
  return <div className="flex min-h-40 items-center justify-center text-soft">{shown && <Spinner label={label} />}</div>;
}
