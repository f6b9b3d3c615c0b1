/** `/payments/refunds`: money that goes back to customers, what somebody has to pay first. */
import { refundList } from "../../features/payments/incoming/refundList";
import { MoneyTabs } from "../../features/payments/MoneyTabs";
import { ListPage } from "../../ui/list/ListPage";

export default function RefundsPage() {
  return <div className="stack"><MoneyTabs current="refunds" /><ListPage spec={refundList} /></div>;
}
