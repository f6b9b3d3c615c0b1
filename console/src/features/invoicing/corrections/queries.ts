/** What the console reads of credit notes, and what is left of an invoice after them. */
import { useQuery } from "@tanstack/react-query";
import { answer, api, type Answer, type Body } from "../../../lib/api";
import { difference } from "../../../lib/decimal";
import type { MoneyValue } from "../../../lib/money";
import { useRefreshInterval } from "../../../lib/queries";
import type { InvoiceDetail } from "../queries";

export type CreditNotePage = Answer<"/v1/credit-notes">;
export type CreditNote = CreditNotePage["items"][number];
export type CreditNoteDetail = Answer<"/v1/credit-notes/{credit_note_id}">;
export type CreditNoteBody = Body<"/v1/invoices/{invoice_id}/credit-notes">;

/** Why a document is corrected; the API's own codes. */
export const creditReasons = ["billing_error", "price_correction", "service_outage", "goodwill", "cancellation", "duplicate", "wrong_details", "other"] as const satisfies readonly CreditNoteBody["reason"][];
export const voidReasons = ["duplicate", "wrong_account", "billing_error", "test", "other"] as const satisfies readonly Body<"/v1/invoices/{invoice_id}/void">["reason"][];

/** The most that the API gives in one answer. */
const limit = 500;

export function useCreditNote(id: string) {
  return useQuery({
    queryKey: ["credit-notes", "one", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/credit-notes/{credit_note_id}", { params: { path: { credit_note_id: id } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
}

export function useCreditNotesOf(invoice_id: string) {
  return useQuery({
    queryKey: ["credit-notes", "of", invoice_id],
    queryFn: ({ signal }) => answer(api.GET("/v1/invoices/{invoice_id}/credit-notes", { params: { path: { invoice_id }, query: { sort: "number", limit } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
}

export interface Left {
  net: MoneyValue;
  total: MoneyValue;
}

/** What credit notes have left of an invoice, before and with its tax; the sums of the notes are the server's. */
export function leftOf({ net, total }: Pick<InvoiceDetail, "net" | "total">, { totals }: Pick<CreditNotePage, "totals">): Left {
  const credited = totals.find(({ currency }) => currency === total.currency);
  if (!credited) return { net, total };
  return { net: { ...net, amount: difference(net.amount, credited.net) }, total: { ...total, amount: difference(total.amount, credited.amount) } };
}

export function creditNotePath(id: string): string {
  return `/invoices/credit-notes/${encodeURIComponent(id)}`;
}
