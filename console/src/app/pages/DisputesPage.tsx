/** `/payments/disputes`: what customers contest, what waits for a decision first. */
import { disputeList } from "../../features/payments/contested/disputeList";
import { MoneyTabs } from "../../features/payments/MoneyTabs";
import { ListPage } from "../../ui/list/ListPage";

export default function DisputesPage() {
  return <div className="stack"><MoneyTabs current="disputes" /><ListPage spec={disputeList} /></div>;
}
