/** What the console reads of bank statements, and how one is sent. */
import { useQuery } from "@tanstack/react-query";
import type { components } from "../../../api/schema";
import { answer, api, type Answer, type Question } from "../../../lib/api";
import { useRefreshInterval } from "../../../lib/queries";
import { upload } from "../../../lib/upload";

export type StatementPage = Answer<"/v1/bank-statements">;
export type Statement = StatementPage["items"][number];
export type EntryPage = Answer<"/v1/bank-statements/{statement_id}/matches">;
export type Entry = EntryPage["items"][number];
export type Preview = components["schemas"]["BankStatementPreview"];
export type Columns = Partial<Record<"booked_on" | "amount" | "text" | "name" | "iban" | "reference", string>> & { date_format: string; decimal_mark: string };

/** The server takes no more. */
export const statement_bytes_max = 256 * 1024 * 1024;
const busy_ms = 1_000;

export function isBusy({ status, counts }: Statement): boolean {
  return status === "taking" || status === "matching" || status === "processing" || counts.booking > 0;
}

export function readStatements(query: Question<"/v1/bank-statements">, signal: AbortSignal): Promise<StatementPage> {
  return answer(api.GET("/v1/bank-statements", { params: { query }, signal }));
}

export function useStatement(statement_id: string) {
  const pace = useRefreshInterval();
  return useQuery({
    queryKey: ["bank_statements", "one", statement_id],
    queryFn: ({ signal }) => answer(api.GET("/v1/bank-statements/{statement_id}", { params: { path: { statement_id } }, signal })),
    refetchInterval: ({ state }) => (state.data && isBusy(state.data) ? busy_ms : pace),
  });
}

export function readEntries(statement_id: string, query: Question<"/v1/bank-statements/{statement_id}/matches">, signal: AbortSignal): Promise<EntryPage> {
  return answer(api.GET("/v1/bank-statements/{statement_id}/matches", { params: { path: { statement_id }, query }, signal }));
}

export interface Told {
  bank_account: string;
  currency: string;
  columns: Columns | null;
}

export function previewStatement(file: File, told: Told, sending: Parameters<typeof upload>[2]): Promise<Preview> {
  return upload<Preview>(`/v1/bank-statements?${question(file, told, true)}`, file, sending);
}

export function sendStatement(file: File, told: Told, sending: Parameters<typeof upload>[2]): Promise<Statement> {
  return upload<Statement>(`/v1/bank-statements?${question(file, told, false)}`, file, sending);
}

/** Of CSV its columns are told; other files say themselves what they are. */
function question(file: File, { bank_account, currency, columns }: Told, preview: boolean): string {
  const csv = columns && { format: "csv", currency, columns: JSON.stringify({ ...columns, text: columns.text ? [columns.text] : [] }) };
  return new URLSearchParams({ name: file.name.slice(0, 255), ...(bank_account && { bank_account }), ...csv, ...(preview && { preview: "true" }) }).toString();
}

export function statementPath(id: string): string {
  return `/payments/bank-statements/${encodeURIComponent(id)}`;
}
