// Where a review cannot be opened: there is no such interview, it is not this person's to review, or nobody answered.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { Fault } from "~/ui/Banner";
import { buttonClass } from "~/ui/Button";
import { Page } from "~/ui/Page";
import { Problem } from "~/wire/problem";
import { queries } from "~/wire/queries";

export function NoReview({ fault, retry }: { fault: unknown; retry: () => unknown }) {
  const gone = fault instanceof Problem && [403, 404].includes(fault.status);
  const me = useQuery(queries.me());
  const coach = me.data?.person.roles.some((role) => role !== "candidate") ?? false;
  if (!gone) {
    return (
      <Page title="The review could not be opened">
        <Fault fault={fault} retry={retry} />
      </Page>
    );
  }
  return (
    <Page title="There is no such interview" lead="It may have been deleted, or it is not yours to review.">
      <Link to={coach ? "/coach" : "/interviews"} className={buttonClass("primary")}>
        {coach ? "Back to the queue" : "Your interviews"}
      </Link>
    </Page>
  );
}
