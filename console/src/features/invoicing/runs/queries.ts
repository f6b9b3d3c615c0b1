/** What the console reads of billing runs: one, what it comes to, and what it found at each account. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, api, type Answer, type Question } from "../../../lib/api";
import { useRefreshInterval } from "../../../lib/queries";

export type RunPage = Answer<"/v1/billing-runs">;
export type Run = RunPage["items"][number];
export type RunPreview = Answer<"/v1/billing-runs/{run_id}/preview">;
export type RunResult = Answer<"/v1/billing-runs/{run_id}/results">["items"][number];

const running_ms = 1_000;

export function readRun(run_id: string, signal?: AbortSignal): Promise<Run> {
  const params = { path: { run_id } };
  return answer(api.GET("/v1/billing-runs/{run_id}", signal ? { params, signal } : { params }));
}

/** Asked every second while it runs, at the reader's pace afterwards. */
export function useRun(id: string) {
  const pace = useRefreshInterval();
  return useQuery({ queryKey: ["billing-runs", "one", id], queryFn: ({ signal }) => readRun(id, signal), refetchInterval: ({ state }) => (state.data?.status === "running" ? running_ms : pace) });
}

/** `version`: of the run as it stands. It is computed when it is asked for, so not while the run goes on. */
export function useRunPreview({ id, version, status }: Run) {
  return useQuery({
    queryKey: ["billing-runs", "preview", id, version],
    queryFn: ({ signal }) => answer(api.GET("/v1/billing-runs/{run_id}/preview", { params: { path: { run_id: id } }, signal })),
    enabled: status !== "running",
  });
}

export function useRunResults({ id, version }: Run, query: NonNullable<Question<"/v1/billing-runs/{run_id}/results">>) {
  return useQuery({
    queryKey: ["billing-runs", "results", id, version, query],
    queryFn: ({ signal }) => answer(api.GET("/v1/billing-runs/{run_id}/results", { params: { path: { run_id: id }, query }, signal })),
    placeholderData: keepPreviousData,
  });
}

export function runPath(id: string): string {
  return `/billing-runs/${encodeURIComponent(id)}`;
}
