/** What the console reads and commands of invoices. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Answer } from "../../lib/api";
import { awaitCommand, CommandNotDone } from "../../lib/commands";
import { useRefreshInterval } from "../../lib/queries";
import type { InvoiceFilter } from "./filters";

export type InvoicePage = Answer<"/v1/invoices">;
export type Invoice = InvoicePage["items"][number];
export type InvoiceDetail = Answer<"/v1/invoices/{invoice_id}">;
export type InvoiceLine = InvoiceDetail["lines"][number];

/** `enabled`: false for a filter that is not to be asked. */
export function useInvoices(filter: InvoiceFilter, enabled: boolean) {
  return useQuery({
    queryKey: ["invoices", "list", filter],
    queryFn: ({ signal }) => answer(api.GET("/v1/invoices", { params: { query: filter }, signal })),
    placeholderData: keepPreviousData,
    // A page seen before is shown and read anew: its total says which page is the last.
    staleTime: 0,
    refetchInterval: useRefreshInterval(),
    enabled,
  });
}

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

/**
 * Issues a draft. It has succeeded only when the log says so: a 202 is followed by reading its command to the end.
 *
 * `key` makes a repeated click one command; a draft that changed meanwhile is refused (412) through its version.
 */
export function useIssueInvoice() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ invoice, key }: { invoice: Pick<Invoice, "id" | "version">; key: string }) => {
      const body = await answer(
        api.POST("/v1/invoices/{invoice_id}/issue", {
          params: { path: { invoice_id: invoice.id } },
          headers: { "Idempotency-Key": key, "If-Match": String(invoice.version) },
        }),
      );
      await awaitCommand(body);
      // Answered with the invoice as it stands: locked is on its way to its number, and not issued yet.
      if ("status" in body && body.status !== "issued") throw new CommandNotDone(false, invoice.id);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["invoices"] }),
  });
}

/** The server's document; a link and never a picture of the page. */
export function pdfPath(id: string): string {
  return `/v1/invoices/${encodeURIComponent(id)}/pdf`;
}

export function invoicePath(id: string): string {
  return `/invoices/${encodeURIComponent(id)}`;
}
