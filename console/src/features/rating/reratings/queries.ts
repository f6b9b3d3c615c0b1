/** What the console reads of reratings and of what each changes. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, api, type Answer, type Question } from "../../../lib/api";
import { useRefreshInterval } from "../../../lib/queries";

export type ReratingPage = Answer<"/v1/reratings">;
export type Rerating = ReratingPage["items"][number];
export type Rerated = Answer<"/v1/reratings/{rerating_id}/results">["items"][number];

const running_ms = 1_000;

export function readRerating(rerating_id: string, signal?: AbortSignal): Promise<Rerating> {
  const params = { path: { rerating_id } };
  return answer(api.GET("/v1/reratings/{rerating_id}", signal ? { params, signal } : { params }));
}

export function useRerating(id: string) {
  const pace = useRefreshInterval();
  return useQuery({ queryKey: ["reratings", "one", id], queryFn: ({ signal }) => readRerating(id, signal), refetchInterval: ({ state }) => (state.data?.status === "running" ? running_ms : pace) });
}

/** `version`: results are those of the rerating as it stands. */
export function useRerated(id: string, version: number, query: NonNullable<Question<"/v1/reratings/{rerating_id}/results">>) {
  return useQuery({
    queryKey: ["reratings", "results", id, version, query],
    queryFn: ({ signal }) => answer(api.GET("/v1/reratings/{rerating_id}/results", { params: { path: { rerating_id: id }, query }, signal })),
    placeholderData: keepPreviousData,
  });
}

export function reratingPath(id: string): string {
  return `/reratings/${encodeURIComponent(id)}`;
}
