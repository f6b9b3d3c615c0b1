/** What the console reads of plans. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, api, type Answer, type Body } from "../../../lib/api";
import { useRefreshInterval } from "../../../lib/queries";

export type PlanPage = Answer<"/v1/plans">;
export type Plan = PlanPage["items"][number];
export type Version = Plan["versions"][number];
export type Comparison = Answer<"/v1/plans/{plan_id}/compare">;

export function readPlan(id: string, signal?: AbortSignal): Promise<Plan> {
  const params = { path: { plan_id: id } };
  return answer(api.GET("/v1/plans/{plan_id}", signal ? { params, signal } : { params }));
}

export function usePlan(id: string, enabled = true) {
  return useQuery({ queryKey: ["plans", "one", id], queryFn: ({ signal }) => readPlan(id, signal), refetchInterval: useRefreshInterval(), enabled });
}

/** `other`: the plan that `to` is a version of, where it is another one. */
export function useComparison(id: string, from: number, to: number, other: string | null) {
  return useQuery({
    queryKey: ["plans", "compare", id, from, to, other],
    queryFn: ({ signal }) => answer(api.GET("/v1/plans/{plan_id}/compare", { params: { path: { plan_id: id }, query: { from, to, ...(other === null ? {} : { with: other }) } }, signal })),
  });
}

/** Those who have it now, the first few by name. */
export function useAffected(plan_id: string) {
  return useQuery({
    queryKey: ["customers", "of-plan", plan_id],
    queryFn: ({ signal }) => answer(api.GET("/v1/customer-configs", { params: { query: { plan_id, limit: 5 } }, signal })),
  });
}

/** What a version comes to in a month with these quantities by meter: the price engine's own answer. */
export function useSimulation(id: string, body: Body<"/v1/plans/{plan_id}/simulate">) {
  return useQuery({
    queryKey: ["plans", "simulate", id, body],
    queryFn: ({ signal }) => answer(api.POST("/v1/plans/{plan_id}/simulate", { params: { path: { plan_id: id } }, body, signal })),
    placeholderData: keepPreviousData,
    retry: false,
  });
}

export function planPath(id: string): string {
  return `/plans/${encodeURIComponent(id)}`;
}

/** The meters whose quantities its prices are about. */
export function metersOf(prices: readonly object[]): readonly string[] {
  return [...new Set(prices.flatMap((price) => ("meter" in price && typeof price.meter === "string" ? [price.meter] : [])))];
}
