/** What the console reads of the journal: entries, what is earned by month, and exports to bookkeeping. */
import { useQuery } from "@tanstack/react-query";
import { answer, api, type Answer, type Question } from "../../../lib/api";

export type JournalPage = Answer<"/v1/journal">;
export type Entry = JournalPage["items"][number];
export type Posting = Entry["postings"][number];
export type JournalQuestion = NonNullable<Question<"/v1/journal">>;
export type DeferredRow = Answer<"/v1/reports/deferred-revenue">["items"][number];
export type UnbilledRow = Answer<"/v1/reports/unbilled">["items"][number];
export type JournalExports = Answer<"/v1/journal-exports">;
export type JournalExport = JournalExports["items"][number];
export type ExportFiles = Answer<"/v1/journal-exports/{export_id}">;

export const accounts = [
  "receivables", "customer_credit", "bank", "deposits_held", "revenue", "late_fees", "deferred_revenue", "unbilled_revenue", "tax", "credits_given", "adjustments", "write_offs", "rounding", "vouchers_expired", "refunds_payable", "chargeback_fees",
] as const;

export function readJournal(query: JournalQuestion, signal: AbortSignal): Promise<JournalPage> {
  return answer(api.GET("/v1/journal", { params: { query }, signal }));
}

export function useEntry(entry_id: string) {
  return useQuery({ queryKey: ["journal", "one", entry_id], queryFn: ({ signal }) => answer(api.GET("/v1/journal/{entry_id}", { params: { path: { entry_id } }, signal })) });
}

export function useDeferred(group_by: "month" | "plan") {
  return useQuery({ queryKey: ["journal", "deferred", group_by], queryFn: ({ signal }) => answer(api.GET("/v1/reports/deferred-revenue", { params: { query: { group_by } }, signal })) });
}

export function useUnbilled(group_by: "month" | "plan") {
  return useQuery({ queryKey: ["journal", "unbilled", group_by], queryFn: ({ signal }) => answer(api.GET("/v1/reports/unbilled", { params: { query: { group_by } }, signal })) });
}

export function useExports() {
  return useQuery({ queryKey: ["journal-exports"], queryFn: ({ signal }) => answer(api.GET("/v1/journal-exports", { signal })) });
}

export function useExportFiles(export_id: string) {
  return useQuery({ queryKey: ["journal-exports", "one", export_id], queryFn: ({ signal }) => answer(api.GET("/v1/journal-exports/{export_id}", { params: { path: { export_id } }, signal })) });
}

export function entryPath(id: string): string {
  return `/journal/entries/${encodeURIComponent(id)}`;
}

/** The entries of an account in a month. */
export function monthPath(account: string, month: string, plan_id?: string | null): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const last = new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
  const query = new URLSearchParams({ account, from: `${month}-01`, to: last, ...(plan_id ? { plan_id } : {}) });
  return `/journal?${query.toString()}`;
}

/** The audit trail, at the events of that kind of the customer. */
export function eventsPath({ account_id, event_type }: Pick<Entry, "account_id" | "event_type">): string {
  return `/usage/events?${new URLSearchParams({ account_id, type: event_type }).toString()}`;
}
