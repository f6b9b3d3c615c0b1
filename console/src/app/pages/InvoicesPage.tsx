/** `/invoices`: the work list, its tabs and filters; all of its state is in the URL. */
import { invoiceList } from "../../features/invoicing/invoiceList";
import { ListPage } from "../../ui/list/ListPage";

export default function InvoicesPage() {
  return <ListPage spec={invoiceList} />;
}
