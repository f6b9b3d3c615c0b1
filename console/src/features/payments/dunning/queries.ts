/** What the console reads of dunning: cases, policies, promises, and what an account has to expect. */
import { useQuery } from "@tanstack/react-query";
import { answer, api, type Answer } from "../../../lib/api";
import { useRefreshInterval } from "../../../lib/queries";

export type CasePage = Answer<"/v1/dunning/cases">;
export type Case = CasePage["items"][number];
export type CaseDetail = Answer<"/v1/dunning/cases/{case_id}">;
export type PolicyPage = Answer<"/v1/dunning/policies">;
export type Policy = PolicyPage["items"][number];
export type Step = Policy["steps"][number];
export type PromisePage = Answer<"/v1/promises">;
export type PromiseToPay = PromisePage["items"][number];
export type AccountDunning = Answer<"/v1/accounts/{account_id}/dunning">;
export type ComingStep = AccountDunning["coming"][number];

/** What a command of dunning makes stale. */
export const touches = ["dunning", "promises", "customers"] as const;

export const statuses = ["open", "promised", "paused", "cleared"] as const;
export const accesses = ["open", "throttled", "blocked"] as const;

export function casePath(id: string): string {
  return `/dunning/${encodeURIComponent(id)}`;
}

export function useCase(id: string) {
  return useQuery({
    queryKey: ["dunning", "case", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/dunning/cases/{case_id}", { params: { path: { case_id: id } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
}

export function useAccountDunning(id: string) {
  return useQuery({
    queryKey: ["dunning", "account", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/accounts/{account_id}/dunning", { params: { path: { account_id: id } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
}

export function useSettings() {
  return useQuery({ queryKey: ["dunning", "settings"], queryFn: ({ signal }) => answer(api.GET("/v1/dunning/settings", { signal })) });
}
