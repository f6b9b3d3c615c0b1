/** `/invoices/credit-notes`: what was credited, the newest first. */
import { useMemo } from "react";
import { useMay } from "../../features/identity/session";
import { creditNoteList } from "../../features/invoicing/credits/creditNoteList";
import { InvoiceTabs } from "../../features/invoicing/InvoiceTabs";
import { ListPage } from "../../ui/list/ListPage";

export default function CreditNotesPage() {
  const maySend = useMay("write");
  const spec = useMemo(() => creditNoteList(maySend), [maySend]);
  return <div className="stack"><InvoiceTabs current="credits" /><ListPage spec={spec} /></div>;
}
