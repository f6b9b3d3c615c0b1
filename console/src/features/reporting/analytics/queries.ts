/**
 * Reports as the analytics page reads them: rows by column, whatever the report, with where the rows behind them are.
 *
 * A report that this installation does not have is not found, or not supported by its version: `isAbsent`, and its card says so.
 */
import { useQuery } from "@tanstack/react-query";
import { answer, api, type Answer } from "../../../lib/api";
import { ApiProblem, isStatus } from "../../../lib/problem";
import { useRefreshInterval } from "../../../lib/queries";
import type { ReportRow } from "./rows";

export interface ReportAnswer {
  items: readonly ReportRow[];
  as_of: string;
}

export interface ReportQuestion {
  from?: string;
  to?: string;
  group_by?: string;
  currency?: string;
}

export function useReport(name: string, query: ReportQuestion, enabled = true) {
  return useQuery({
    // Not "reports", which each event of the stream reads anew: a dozen reports follow the reader's pace.
    queryKey: ["analytics", name, query],
    queryFn: async ({ signal }) => (await answer(api.GET("/v1/reports/{name}", { params: { path: { name }, query }, signal }))) as unknown as ReportAnswer,
    refetchInterval: useRefreshInterval(),
    enabled,
  });
}

export type Reading = ReturnType<typeof useReport>;

export function isAbsent(error: unknown): boolean {
  return isStatus(error, 404) || (error instanceof ApiProblem && error.errors.some(({ code }) => code === "unsupported"));
}

/** What every report is and what its figures mean; it changes with a version only. */
export function useCatalogue() {
  return useQuery({ queryKey: ["report-catalogue"], queryFn: ({ signal }) => answer(api.GET("/v1/reports", { signal })), staleTime: Infinity });
}

export type Catalogue = Answer<"/v1/reports">;
