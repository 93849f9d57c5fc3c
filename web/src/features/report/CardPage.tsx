import { Page } from "~/ui/Page";

export function CardPage() {
  return <Page title="Scorecard">{null}</Page>;
}
