/** `/billing-runs`: dry runs to confirm, runs that go on, runs that are over; with `?create=1` the form over the list. */
import { useMay } from "../../features/identity/session";
import { runList } from "../../features/invoicing/runs/runList";
import { RunTabs } from "../../features/invoicing/runs/RunTabs";
import { ListPage } from "../../ui/list/ListPage";

export default function BillingRunsPage() {
  return <div className="stack"><RunTabs current="runs" /><ListPage spec={runList} mayCreate={useMay("write")} /></div>;
}
