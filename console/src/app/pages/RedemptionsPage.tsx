/** `/payments/redemptions`: vouchers that were redeemed, and those that an account refused. */
import { MoneyTabs } from "../../features/payments/MoneyTabs";
import { redemptionList } from "../../features/payments/vouchers/lists";
import { ListPage } from "../../ui/list/ListPage";

export default function RedemptionsPage() {
  return <div className="stack"><MoneyTabs current="redemptions" /><ListPage spec={redemptionList} /></div>;
}
