// The sheet that is open over the desk, whichever it is. It comes when the first one is asked for, or as soon as the
// browser has nothing else to do.
import { lazy, Suspense, useEffect } from "react";

import { Spinner } from "~/ui/Spinner";

import { useDesk } from "./desk";

const bring = () => import("./OpenSheet");
const OpenSheet = lazy(() => bring().then((found) => ({ default: found.OpenSheet })));

export function Sheets() {
  const { doing } = useDesk();
  useEffect(() => {
    const soon = setTimeout(() => void bring().catch(() => undefined), 1500);
    return () => clearTimeout(soon);
  }, []);
  if (!doing) return null;
  return (
    <Suspense fallback={<Spinner label="Opening" />}>
      <OpenSheet doing={doing} />
    </Suspense>
  );
}
