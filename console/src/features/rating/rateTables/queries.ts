/** What the console reads of rate tables. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, api, type Answer, type Question } from "../../../lib/api";
import { useRefreshInterval } from "../../../lib/queries";

export type RateTablePage = Answer<"/v1/rate-tables">;
export type RateTable = RateTablePage["items"][number];
export type RateVersion = RateTable["versions"][number];
export type RateChanges = Answer<"/v1/rate-tables/{table_id}/versions/{version}/changes">;
export type RateChange = RateChanges["items"][number];
export type Rate = Answer<"/v1/rate-tables/{table_id}/versions/{version}/rates">["items"][number];
export type ChangeKind = RateChange["kind"];

export const changeKinds: readonly ChangeKind[] = ["added", "removed", "raised", "lowered", "changed"];

export function rateTablePath(id: string): string {
  return `/plans/rate-tables/${encodeURIComponent(id)}`;
}

export function readRateTable(id: string, signal?: AbortSignal): Promise<RateTable> {
  const params = { path: { table_id: id } };
  return answer(api.GET("/v1/rate-tables/{table_id}", signal ? { params, signal } : { params }));
}

const importing_ms = 1_000;

/** Read each second while the parts of an import come in. */
export function useRateTable(id: string) {
  const usual = useRefreshInterval();
  return useQuery({
    queryKey: ["rate-tables", "one", id],
    queryFn: ({ signal }) => readRateTable(id, signal),
    refetchInterval: ({ state }) => (state.data?.versions.some(isComing) ? importing_ms : usual),
  });
}

/** Whether parts of it are still to come; of an import that broke off they never do. */
export function isComing({ status, parts, parts_added }: RateVersion): boolean {
  return status === "draft" && parts_added < parts;
}

export type RateQuestion = Question<"/v1/rate-tables/{table_id}/versions/{version}/rates">;

export function useRates(id: string, version: number, query: RateQuestion) {
  return useQuery({
    queryKey: ["rate-tables", "rates", id, version, query],
    queryFn: ({ signal }) => answer(api.GET("/v1/rate-tables/{table_id}/versions/{version}/rates", { params: { path: { table_id: id, version }, query }, signal })),
    placeholderData: keepPreviousData,
    retry: false,
  });
}

export function useRateChanges(id: string, version: number, page: number, kind: ChangeKind | null) {
  return useQuery({
    queryKey: ["rate-tables", "changes", id, version, page, kind],
    queryFn: ({ signal }) => answer(api.GET("/v1/rate-tables/{table_id}/versions/{version}/changes", { params: { path: { table_id: id, version }, query: { page, limit: shownChanges, ...(kind ? { kind } : {}) } }, signal })),
    placeholderData: keepPreviousData,
  });
}

export const shownChanges = 50;

export function useLookup(id: string, destination: string, on: string) {
  return useQuery({
    queryKey: ["rate-tables", "lookup", id, destination, on],
    queryFn: ({ signal }) => answer(api.GET("/v1/rate-tables/{table_id}/lookup", { params: { path: { table_id: id }, query: { destination, ...(on ? { on } : {}) } }, signal })),
    enabled: destination !== "",
    retry: false,
  });
}

/** What a version is now: published ones take turns by their days. */
export function standingOf(version: RateVersion, versions: readonly RateVersion[], today: string): "draft" | "scheduled" | "in_force" | "superseded" | "discarded" {
  if (version.status !== "published") return version.status;
  if ((version.effective_from ?? "") > today) return "scheduled";
  return versionInForce(versions, today)?.version === version.version ? "in_force" : "superseded";
}

/** Of those whose day has come the last one that was made. */
export function versionInForce(versions: readonly RateVersion[], today: string): RateVersion | null {
  return versions.filter(({ status, effective_from }) => status === "published" && (effective_from ?? "") <= today).at(-1) ?? null;
}
