/** What the console reads of outages and of what each gives back. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, api, type Answer, type Question } from "../../../lib/api";
import { useRefreshInterval } from "../../../lib/queries";

export type OutagePage = Answer<"/v1/outages">;
export type Outage = OutagePage["items"][number];
export type Credited = Answer<"/v1/outages/{outage_id}/results">["items"][number];

const running_ms = 1_000;

export function readOutage(outage_id: string, signal?: AbortSignal): Promise<Outage> {
  const params = { path: { outage_id } };
  return answer(api.GET("/v1/outages/{outage_id}", signal ? { params, signal } : { params }));
}

export function useOutage(id: string) {
  const pace = useRefreshInterval();
  return useQuery({ queryKey: ["outages", "one", id], queryFn: ({ signal }) => readOutage(id, signal), refetchInterval: ({ state }) => (state.data?.status === "running" ? running_ms : pace) });
}

/** `version`: results are those of the outage as it stands. */
export function useCredited(id: string, version: number, query: NonNullable<Question<"/v1/outages/{outage_id}/results">>) {
  return useQuery({
    queryKey: ["outages", "results", id, version, query],
    queryFn: ({ signal }) => answer(api.GET("/v1/outages/{outage_id}/results", { params: { path: { outage_id: id }, query }, signal })),
    placeholderData: keepPreviousData,
  });
}

export function outagePath(id: string): string {
  return `/outages/${encodeURIComponent(id)}`;
}
