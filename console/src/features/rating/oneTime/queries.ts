/** What the console reads of one-time charges: those by hand, and for leaving early. */
import { useQuery } from "@tanstack/react-query";
import { answer, api, type Answer } from "../../../lib/api";
import { useRefreshInterval } from "../../../lib/queries";

export type OneTimeCharge = Answer<"/v1/one-time-charges">["items"][number];

/** Whose: a customer's, or those of one of their services. */
export interface Whose {
  account_id: string;
  subscription_id?: string;
}

/** The latest; few have more, and an invoice has them all. */
const shown = 100;

export function useOneTimeCharges({ account_id, subscription_id }: Whose) {
  return useQuery({
    queryKey: ["customers", "one-time", account_id, subscription_id ?? null],
    queryFn: ({ signal }) => answer(api.GET("/v1/one-time-charges", { params: { query: { account_id: [account_id], ...(subscription_id ? { subscription_id: [subscription_id] } : {}), sort: "-added_at", limit: shown } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
}

export function readOneTimeCharge(charge_id: string) {
  return answer(api.GET("/v1/one-time-charges/{charge_id}", { params: { path: { charge_id } } }));
}
