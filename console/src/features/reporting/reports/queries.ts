/** What the pages of reports read: the catalogue, one report's rows, files and schedules. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, api, type Answer } from "../../../lib/api";

export type CatalogueEntry = Answer<"/v1/reports">["items"][number];
export type ReportColumn = CatalogueEntry["columns"][number];
export type ReportJob = Answer<"/v1/report-jobs">["items"][number];
export type Schedule = Answer<"/v1/report-schedules">["items"][number];

/** A row as it is answered: figures are text, and `rows` says where what is behind each is read. */
export type ReportRow = Readonly<Record<string, unknown>> & { rows?: Readonly<Record<string, string | null>> };

export function useCatalogue() {
  return useQuery({ queryKey: ["reports", "catalogue"], queryFn: ({ signal }) => answer(api.GET("/v1/reports", { signal })), staleTime: Infinity });
}

export interface Asked {
  from?: string;
  to?: string;
  group_by?: string;
  currency?: string;
}

export function useReport(name: string, query: Asked) {
  return useQuery({
    queryKey: ["reports", name, query],
    queryFn: ({ signal }) => answer(api.GET("/v1/reports/{name}", { params: { path: { name }, query }, signal })),
    placeholderData: keepPreviousData,
  });
}

const shown = 100;
const busy_ms = 2_000;

/** One's own files, newest first; asked again while one of them is on its way. */
export function useFiles() {
  return useQuery({
    queryKey: ["report-jobs"],
    queryFn: ({ signal }) => answer(api.GET("/v1/report-jobs", { params: { query: { limit: shown } }, signal })),
    refetchInterval: ({ state }) => (state.data?.items.some(({ status }) => status === "queued" || status === "running") ? busy_ms : false),
  });
}

export function useSchedules() {
  return useQuery({ queryKey: ["report-schedules"], queryFn: ({ signal }) => answer(api.GET("/v1/report-schedules", { params: { query: { limit: shown } }, signal })) });
}

export function useRuns(id: string) {
  return useQuery({
    queryKey: ["report-schedules", id, "runs"],
    queryFn: ({ signal }) => answer(api.GET("/v1/report-schedules/{schedule_id}/runs", { params: { path: { schedule_id: id }, query: { limit: 20 } }, signal })),
    refetchInterval: ({ state }) => (state.data?.items.some(({ status }) => status === "working") ? busy_ms : false),
  });
}
