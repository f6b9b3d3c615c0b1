/** `/payments/direct-debits`: runs of direct debits; with `?create=1` the dry run that starts one. */
import { useMay } from "../../features/identity/session";
import { runList } from "../../features/payments/debits/runList";
import { MoneyTabs } from "../../features/payments/MoneyTabs";
import { ListPage } from "../../ui/list/ListPage";

export default function DirectDebitsPage() {
  return <div className="stack"><MoneyTabs current="debits" /><ListPage spec={runList} mayCreate={useMay("write")} /></div>;
}
