/** `/customers`: everyone who is billed. */
import { useMay } from "../../features/identity/session";
import { customerList } from "../../features/rating/customers/customerList";
import { ListPage } from "../../ui/list/ListPage";

export default function CustomersPage() {
  return <ListPage spec={customerList} mayCreate={useMay("write")} />;
}
