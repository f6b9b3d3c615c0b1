/** Which billing cycles are run by themselves: each cycle with its setting, or without one. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, api, type Answer } from "../../../../lib/api";
import { useRefreshInterval } from "../../../../lib/queries";

export type AutomaticRuns = Answer<"/v1/automatic-runs">["items"][number];
type Cycle = Answer<"/v1/billing-cycles">["items"][number];

/** A cycle, and its automatic runs or null. */
export interface CycleRuns {
  id: string;
  name: string;
  time_zone: string;
  runs: AutomaticRuns | null;
}

/** A page of the cycles, and of these the settings that there are. */
export function useCycleRuns(page: number, size: number) {
  return useQuery({
    queryKey: ["automatic-runs", "cycles", page, size],
    queryFn: async ({ signal }) => {
      const cycles = await answer(api.GET("/v1/billing-cycles", { params: { query: { sort: "name", page, size } }, signal }));
      const cycle_id = cycles.items.map(({ id }) => id);
      const set = cycle_id.length === 0 ? [] : (await answer(api.GET("/v1/automatic-runs", { params: { query: { cycle_id, limit: size } }, signal }))).items;
      return { total: cycles.total, items: cycles.items.map((cycle) => joined(cycle, set)) };
    },
    refetchInterval: useRefreshInterval(),
    placeholderData: keepPreviousData,
  });
}

function joined({ id, name, time_zone }: Cycle, set: readonly AutomaticRuns[]): CycleRuns {
  return { id, name, time_zone, runs: set.find(({ cycle_id }) => cycle_id === id) ?? null };
}

export function readAutomaticRuns(cycle_id: string): Promise<AutomaticRuns> {
  return answer(api.GET("/v1/automatic-runs/{cycle_id}", { params: { path: { cycle_id } } }));
}

/** Null where people run the cycle. */
export function useAutomaticRuns(cycle_id: string) {
  return useQuery({
    queryKey: ["automatic-runs", "one", cycle_id],
    // Asked as a list: one that nobody set is no error.
    queryFn: async ({ signal }) => (await answer(api.GET("/v1/automatic-runs", { params: { query: { cycle_id: [cycle_id], limit: 1 } }, signal }))).items[0] ?? null,
    refetchInterval: useRefreshInterval(),
  });
}
