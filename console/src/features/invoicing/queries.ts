/** What the console reads of invoices. */
import { useQuery } from "@tanstack/react-query";
import { answer, api, type Answer } from "../../lib/api";
import { useRefreshInterval } from "../../lib/queries";

export type InvoicePage = Answer<"/v1/invoices">;
export type Invoice = InvoicePage["items"][number];
export type InvoiceDetail = Answer<"/v1/invoices/{invoice_id}">;
export type InvoiceTax = Answer<"/v1/invoices/{invoice_id}/taxes">["items"][number];
export type InvoiceLine = InvoiceDetail["lines"][number];

export function useInvoice(id: string) {
  return useQuery({
    queryKey: ["invoices", "one", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/invoices/{invoice_id}", { params: { path: { invoice_id: id } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
}

export function useInvoiceTimeline(id: string) {
  return useQuery({
    queryKey: ["invoices", "timeline", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/invoices/{invoice_id}/timeline", { params: { path: { invoice_id: id } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
}

/** The server's document; a link and never a picture of the page. */
export function pdfPath(id: string): string {
  return `/v1/invoices/${encodeURIComponent(id)}/pdf`;
}

/** The taxes of one invoice, each with the rule, the rate and the lines it comes from. */
export function useInvoiceTaxes(id: string) {
  return useQuery({
    queryKey: ["invoices", "taxes", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/invoices/{invoice_id}/taxes", { params: { path: { invoice_id: id } }, signal })),
  });
}

export function invoicePath(id: string): string {
  return `/invoices/${encodeURIComponent(id)}`;
}
