/** `/credit`: who pays before, who may owe how much, and who has come to the end of it. */
import { CustomerTabs } from "../../features/payments/limits/CustomerTabs";
import { exposureList } from "../../features/payments/limits/exposureList";
import { ListPage } from "../../ui/list/ListPage";

export default function LimitsPage() {
  return <div className="stack"><CustomerTabs current="limits" /><ListPage spec={exposureList} /></div>;
}
