/** `/invoices/credit-notes`: what was credited, the newest first. */
import { creditNoteList } from "../../features/invoicing/credits/creditNoteList";
import { InvoiceTabs } from "../../features/invoicing/InvoiceTabs";
import { ListPage } from "../../ui/list/ListPage";

export default function CreditNotesPage() {
  return <div className="stack"><InvoiceTabs current="credits" /><ListPage spec={creditNoteList} /></div>;
}
