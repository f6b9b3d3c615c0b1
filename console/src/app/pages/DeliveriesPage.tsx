/** `/invoices/deliveries`: how documents went out, those that need a person first. */
import { useMay } from "../../features/identity/session";
import { deliveryList } from "../../features/invoicing/deliveries/deliveryList";
import { InvoiceTabs } from "../../features/invoicing/InvoiceTabs";
import { ListPage } from "../../ui/list/ListPage";

export default function DeliveriesPage() {
  return <div className="stack"><InvoiceTabs current="deliveries" /><ListPage spec={deliveryList} mayCreate={useMay("write")} /></div>;
}
