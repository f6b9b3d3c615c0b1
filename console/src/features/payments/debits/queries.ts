/** What the console reads of direct debits: runs, and the debits of each. */
import type { components } from "../../../api/schema";
import { answer, api, type Answer, type Question } from "../../../lib/api";

export type RunPage = Answer<"/v1/direct-debits">;
export type Run = RunPage["items"][number];
export type DebitPage = Answer<"/v1/direct-debits/{run_id}/debits">;
export type Debit = DebitPage["items"][number];
export type Plan = components["schemas"]["DirectDebitPlanShape"];
export type DebitQuestion = NonNullable<Question<"/v1/direct-debits/{run_id}/debits">> & { run_id: string };

export function readRuns(query: Question<"/v1/direct-debits">, signal: AbortSignal): Promise<RunPage> {
  return answer(api.GET("/v1/direct-debits", { params: { query }, signal }));
}

export function readRun(run_id: string, signal?: AbortSignal): Promise<Run> {
  return answer(api.GET("/v1/direct-debits/{run_id}", { params: { path: { run_id } }, ...(signal ? { signal } : {}) }));
}

export function readDebits({ run_id, ...query }: DebitQuestion, signal: AbortSignal): Promise<DebitPage> {
  return answer(api.GET("/v1/direct-debits/{run_id}/debits", { params: { path: { run_id }, query }, signal }));
}

export function runPath(id: string): string {
  return `/payments/direct-debits/${encodeURIComponent(id)}`;
}

export function filePath(id: string): string {
  return `/v1/direct-debits/${encodeURIComponent(id)}/file`;
}
