/** `/billing-runs`: dry runs to confirm, runs that go on, runs that are over; with `?create=1` the form over the list. */
import { useMay } from "../../features/identity/session";
import { runList } from "../../features/invoicing/runs/runList";
import { ListPage } from "../../ui/list/ListPage";

export default function BillingRunsPage() {
  return <ListPage spec={runList} mayCreate={useMay("write")} />;
}
