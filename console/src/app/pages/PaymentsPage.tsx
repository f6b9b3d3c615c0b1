/** `/payments`: money that came in, what needs somebody first. */
import { paymentList } from "../../features/payments/incoming/paymentList";
import { MoneyTabs } from "../../features/payments/MoneyTabs";
import { ListPage } from "../../ui/list/ListPage";

export default function PaymentsPage() {
  return <div className="stack"><MoneyTabs current="payments" /><ListPage spec={paymentList} /></div>;
}
