import { Page } from "~/ui/Page";

export function MinePage() {
  return <Page title="Mine">{null}</Page>;
}
