/** `/customers`: everyone who is billed. */
import { useMay } from "../../features/identity/session";
import { CustomerTabs } from "../../features/payments/limits/CustomerTabs";
import { customerList } from "../../features/rating/customers/customerList";
import { ListPage } from "../../ui/list/ListPage";

export default function CustomersPage() {
  return <div className="stack"><CustomerTabs current="customers" /><ListPage spec={customerList} mayCreate={useMay("write")} /></div>;
}
