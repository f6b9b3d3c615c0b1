/** What the console reads of charts of accounts. */
import { useQuery } from "@tanstack/react-query";
import type { components } from "../../../api/schema";
import { answer, api, type Answer } from "../../../lib/api";

export type Charts = Answer<"/v1/chart-of-accounts">;
export type ChartTerms = Charts["in_force"];
export type Rule = ChartTerms["rules"][number];
export type ChartBody = components["schemas"]["ChartOfAccountsBody"];

export async function readCharts(signal?: AbortSignal): Promise<Charts> {
  return answer(api.GET("/v1/chart-of-accounts", signal ? { signal } : {}));
}

export function useCharts() {
  return useQuery({ queryKey: ["chart-of-accounts"], queryFn: ({ signal }) => readCharts(signal) });
}

export function useSamples() {
  return useQuery({ queryKey: ["chart-of-accounts", "samples"], queryFn: ({ signal }) => answer(api.GET("/v1/chart-of-accounts/samples", { signal })), staleTime: Infinity });
}
