/** `/invoices/debit-notes`: what was claimed beside issued invoices, the newest first. */
import { debitNoteList } from "../../features/invoicing/debits/debitNoteList";
import { InvoiceTabs } from "../../features/invoicing/InvoiceTabs";
import { ListPage } from "../../ui/list/ListPage";

export default function DebitNotesPage() {
  return <div className="stack"><InvoiceTabs current="debits" /><ListPage spec={debitNoteList} /></div>;
}
