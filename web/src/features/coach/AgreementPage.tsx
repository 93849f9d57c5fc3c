import { Page } from "~/ui/Page";

export function AgreementPage() {
  return <Page title="Agreement">{null}</Page>;
}
