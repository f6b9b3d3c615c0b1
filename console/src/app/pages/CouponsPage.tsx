/** `/invoices/coupons`: discounts that customers have a code of. */
import { useMay } from "../../features/identity/session";
import { couponList } from "../../features/invoicing/discounts/couponList";
import { InvoiceTabs } from "../../features/invoicing/InvoiceTabs";
import { ListPage } from "../../ui/list/ListPage";

export default function CouponsPage() {
  return <div className="stack"><InvoiceTabs current="coupons" /><ListPage spec={couponList} mayCreate={useMay("write")} /></div>;
}
