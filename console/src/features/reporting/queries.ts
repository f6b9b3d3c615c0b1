/** What the overview reads of reporting; every read follows the reader's pace of refreshing. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, api, type Answer } from "../../lib/api";
import { useRefreshInterval } from "../../lib/queries";

export type Overview = Answer<"/v1/overview">;
export type AttentionItem = Answer<"/v1/overview/attention">["items"][number];
export type ServiceHealth = Answer<"/v1/health/services">["items"][number];
export type Kpi = Answer<"/v1/reports/kpis">["items"][number];

export function useOverview() {
  return useQuery({
    queryKey: ["overview"],
    queryFn: ({ signal }) => answer(api.GET("/v1/overview", { signal })),
    refetchInterval: useRefreshInterval(),
  });
}

export function useAttention() {
  return useQuery({
    queryKey: ["overview", "attention"],
    queryFn: ({ signal }) => answer(api.GET("/v1/overview/attention", { signal })),
    refetchInterval: useRefreshInterval(),
  });
}

export function useServicesHealth() {
  return useQuery({
    queryKey: ["health", "services"],
    queryFn: ({ signal }) => answer(api.GET("/v1/health/services", { signal })),
    refetchInterval: useRefreshInterval(),
  });
}

export type NextRun = Answer<"/v1/overview/next-runs">["items"][number];

export function useNextRuns() {
  return useQuery({
    queryKey: ["next-runs"],
    queryFn: ({ signal }) => answer(api.GET("/v1/overview/next-runs", { signal })),
    refetchInterval: useRefreshInterval(),
  });
}

/** When cycles that are run by themselves are run next. */
export function useAutomatic() {
  return useQuery({
    queryKey: ["automatic-runs", "all"],
    queryFn: ({ signal }) => answer(api.GET("/v1/automatic-runs", { params: { query: { sort: "due_at", limit: 200 } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
}

export function useKpis() {
  return useQuery({
    queryKey: ["reports", "kpis"],
    queryFn: ({ signal }) => answer(api.GET("/v1/reports/kpis", { signal })),
    refetchInterval: useRefreshInterval(),
  });
}

/** What changes something. That somebody read personal data is in the trail too, far more often than all else: one goes there for it. */
const changes = ["usage", "rating", "invoicing", "payments", "identity"];

export function useRecentEvents(limit: number) {
  return useQuery({
    queryKey: ["events", "recent", limit],
    queryFn: ({ signal }) => answer(api.GET("/v1/events", { params: { query: { limit, topic: changes } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
}

export type Found = Answer<"/v1/search">["items"][number];

/** The longest text that the search takes. */
const search_max = 255;

/** What a number or an id stands for; an empty text is not asked. */
export function useSearch(text: string) {
  const q = text.slice(0, search_max);
  return useQuery({
    queryKey: ["search", q],
    queryFn: ({ signal }) => answer(api.GET("/v1/search", { params: { query: { q } }, signal })),
    enabled: q !== "",
    placeholderData: keepPreviousData,
  });
}
