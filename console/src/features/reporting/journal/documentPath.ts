/** Where an entry's document is shown; null where it has no page of its own. */
import type { Entry } from "./queries";

export function documentPath({ kind, document_id, invoice_id }: Pick<Entry, "kind" | "document_id" | "invoice_id">): string | null {
  if (kind === "credit_note") return `/invoices/credit-notes/${encodeURIComponent(document_id)}`;
  if (kind === "adjustment") return null;
  return invoice_id ? `/invoices/${encodeURIComponent(invoice_id)}` : null;
}
