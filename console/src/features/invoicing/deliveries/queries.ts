/** What the console reads of deliveries. */
import { useQuery } from "@tanstack/react-query";
import { answer, api, type Answer } from "../../../lib/api";
import { useRefreshInterval } from "../../../lib/queries";

export type DeliveryPage = Answer<"/v1/deliveries">;
export type Delivery = DeliveryPage["items"][number];

export const channels = ["email", "webhook", "print"] as const satisfies readonly Delivery["channel"][];

/** As many as a document can have. */
const limit = 100;

export function useDeliveriesOf(invoice_id: string) {
  return useQuery({
    queryKey: ["deliveries", "of", invoice_id],
    queryFn: ({ signal }) => answer(api.GET("/v1/deliveries", { params: { query: { invoice_id, sort: "-asked_at", limit } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
}

/** The PDFs of a print batch as a ZIP; it can be fetched again. */
export function batchPath(batch: string): string {
  return `/v1/print-batches/${encodeURIComponent(batch)}/zip`;
}

/** Where the document of a delivery is. */
export function documentPath({ document_kind, document_id, account_id }: Pick<Delivery, "document_kind" | "document_id" | "account_id">): string {
  if (document_kind === "credit_notice") return `/customers/${encodeURIComponent(account_id)}?view=limits`;
  if (document_kind === "dunning_letter") return `/customers/${encodeURIComponent(account_id)}?view=dunning`;
  return `${document_kind === "invoice" ? "/invoices" : "/invoices/credit-notes"}/${encodeURIComponent(document_id)}`;
}
