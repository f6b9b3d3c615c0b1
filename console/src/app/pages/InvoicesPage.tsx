/** `/invoices`: the work list, its tabs and filters; all of its state is in the URL. */
import { invoiceList } from "../../features/invoicing/invoiceList";
import { InvoiceTabs } from "../../features/invoicing/InvoiceTabs";
import { ListPage } from "../../ui/list/ListPage";

export default function InvoicesPage() {
  return <div className="stack"><InvoiceTabs current="invoices" /><ListPage spec={invoiceList} /></div>;
}
