import { type ErrorComponentProps, Link } from "@tanstack/react-router";

import { Button, buttonClass } from "~/ui/Button";
import { Page } from "~/ui/Page";

/** A page that failed while it was being drawn. The words of an interview are kept by the server and by the tab. */
export function Broken({ error, reset }: ErrorComponentProps) {
  // A new version of the server has other files than those this page knows; reloading brings both together.
  const told = error instanceof Error ? error.message : String(error);
  const outdated = /dynamically imported module|module script|preload/i.test(told);
  return (
    <Page
      title={outdated ? "There is a newer version" : "This page stopped working"}
      lead={outdated ? "Reload to go on with it." : "Nothing you wrote is lost. Reload the page, or go back to the start."}
    >
      <div className="flex flex-wrap gap-3">
        <Button kind="primary" onClick={() => location.reload()}>
          Reload
        </Button>
        {!outdated && <Button onClick={reset}>Try again</Button>}
        <Link to="/" className={buttonClass()}>
          To the start
        </Link>
      </div>
      {!outdated && (
        <details className="mt-8 text-soft">
          <summary>What happened</summary>
          <pre className="mt-2 overflow-x-auto text-sm">{told}</pre>
        </details>
      )}
    </Page>
  );
}

export function NotFound() {
  return (
    <Page title="There is no such page" lead="The link may be old, or cut short.">
      <Link to="/" className={buttonClass("primary")}>
        To the start
      </Link>
    </Page>
  );
}
