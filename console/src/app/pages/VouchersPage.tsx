/** `/payments/vouchers`: batches of vouchers; with `?create=1` the drawer that makes one. */
import { useMay } from "../../features/identity/session";
import { MoneyTabs } from "../../features/payments/MoneyTabs";
import { batchList } from "../../features/payments/vouchers/lists";
import { ListPage } from "../../ui/list/ListPage";

export default function VouchersPage() {
  return <div className="stack"><MoneyTabs current="vouchers" /><ListPage spec={batchList} mayCreate={useMay("write")} /></div>;
}
