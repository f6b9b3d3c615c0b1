/** `/payments`: money that came in, what needs somebody first. */
import { paymentList } from "../../features/payments/incoming/paymentList";
import { ListPage } from "../../ui/list/ListPage";

export default function PaymentsPage() {
  return <ListPage spec={paymentList} />;
}
