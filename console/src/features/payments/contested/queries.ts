/** What customers contest and what is given up: disputes, write-offs, and what is open that either may be said of. */
import { useQuery } from "@tanstack/react-query";
import { answer, api, type Answer, type Question } from "../../../lib/api";
import { useRefreshInterval } from "../../../lib/queries";

export type DisputePage = Answer<"/v1/disputes">;
export type Dispute = DisputePage["items"][number];
export type ReceivablePage = Answer<"/v1/accounts/{account_id}/receivables">;
export type Receivable = ReceivablePage["items"][number];
export type WriteOffQuestion = NonNullable<Question<"/v1/write-offs">>;

type GivenUp = Answer<"/v1/write-offs">;

/** One of several invoices that were written off at once: its row has an id of its own. */
export type WriteOff = GivenUp["items"][number] & { write_off_id: string };
export type WriteOffPage = Omit<GivenUp, "items"> & { items: WriteOff[] };

export const touches = ["disputes", "write_offs", "receivables", "customers", "payments", "invoices", "dunning", "statement"];

/** So many items that are open are shown of a customer. */
const limit = 200;

export async function readWriteOffs(query: WriteOffQuestion, signal: AbortSignal): Promise<WriteOffPage> {
  const page = await answer(api.GET("/v1/write-offs", { params: { query }, signal }));
  return { ...page, items: page.items.map((one) => ({ ...one, write_off_id: one.id, id: `${one.id}/${one.invoice_id}` })) };
}

/** What a customer owes, what is due first at the top; what is paid is left out. */
export function useOwed(accountId: string) {
  return useQuery({
    queryKey: ["receivables", accountId],
    queryFn: ({ signal }) => answer(api.GET("/v1/accounts/{account_id}/receivables", { params: { path: { account_id: accountId }, query: { status: ["unpaid", "partially_paid"], sort: "due_on", limit } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
}
