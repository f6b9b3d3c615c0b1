/** What the console reads of what the operator demands of every invoice. */
import { useQuery } from "@tanstack/react-query";
import { answer, api, type Answer } from "../../../lib/api";

type Told = Answer<"/v1/invoice-policy">;

/** There is one, so that its id is only what commands are told apart by. */
export type InvoicePolicy = Told & { id: string };

/** The kinds of documents that are numbered, and the series that each has where the policy names none. */
export const kinds = ["invoice", "credit_note", "debit_note"] as const;
export const ordinary: Readonly<Record<(typeof kinds)[number], string>> = { invoice: "INV", credit_note: "CN", debit_note: "DN" };

export async function readPolicy(signal?: AbortSignal): Promise<InvoicePolicy> {
  return { ...(await answer(api.GET("/v1/invoice-policy", signal ? { signal } : {}))), id: "invoice-policy" };
}

export function usePolicy() {
  return useQuery({ queryKey: ["invoice-policy"], queryFn: ({ signal }) => readPolicy(signal) });
}
