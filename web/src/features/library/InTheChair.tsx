// Who interviews here, in one quiet line, with the way to change it for those who may.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { queries } from "~/wire/queries";

const LINK = "inline-flex min-h-6 items-center text-accent underline";

export function InTheChair() {
  const { data: model } = useQuery(queries.model());
  if (!model) return null;
  const none = model.may_test && model.seats.length === 0; // others are told the name alone
  return (
    <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-soft">
      <span>
        Interviewer: <span className="font-medium text-ink">{model.interviewer}</span>
        {none ? ". No model is set up." : model.off ? ", since models are switched off." : ""}
      </span>
      {none ? (
        <>
          <Link to="/settings" hash="key" className={LINK}>
            Add a key
          </Link>
          <Link to="/settings" hash="local" className={LINK}>
            Local model
          </Link>
        </>
      ) : (
        <Link to="/settings" className={LINK}>
          {model.may_test ? "Settings" : "What that means"}
        </Link>
      )}
    </p>
  );
}
