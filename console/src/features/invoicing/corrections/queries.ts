/** What the console reads of credit notes. */
import { useQuery } from "@tanstack/react-query";
import { answer, api, type Answer, type Body } from "../../../lib/api";
import { useRefreshInterval } from "../../../lib/queries";

export type CreditNotePage = Answer<"/v1/credit-notes">;
export type CreditNote = CreditNotePage["items"][number];
export type CreditNoteDetail = Answer<"/v1/credit-notes/{credit_note_id}">;
export type CreditNoteBody = Body<"/v1/invoices/{invoice_id}/credit-notes">;

/** Why a document is corrected; the API's own codes. */
export const creditReasons = ["billing_error", "price_correction", "service_outage", "goodwill", "cancellation", "duplicate", "wrong_details", "missing_charge", "other"] as const satisfies readonly CreditNoteBody["reason"][];
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

export type CreditableLine = Answer<"/v1/invoices/{invoice_id}/creditable">["lines"][number];

/** What of each line can still be credited: after discounts, and without what was credited of it. */
export function useCreditable(invoice_id: string) {
  return useQuery({
    queryKey: ["credit-notes", "creditable", invoice_id],
    queryFn: ({ signal }) => answer(api.GET("/v1/invoices/{invoice_id}/creditable", { params: { path: { invoice_id } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
}

export function creditNotePath(id: string): string {
  return `/invoices/credit-notes/${encodeURIComponent(id)}`;
}
