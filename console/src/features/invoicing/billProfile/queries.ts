/** What the console reads of an account's bill profile, and of what it is inherited from. */
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api";
import { useRefreshInterval } from "../../../lib/queries";
import { withTexts, type BillProfile } from "./texts";

export type { BillProfile } from "./texts";

export async function readBillProfile(account_id: string, signal?: AbortSignal): Promise<BillProfile> {
  const params = { path: { account_id } };
  return withTexts(await answer(api.GET("/v1/accounts/{account_id}/bill-profile", signal ? { params, signal } : { params })));
}

export function useBillProfile(id: string) {
  return useQuery({ queryKey: ["bill-profiles", "one", id], queryFn: ({ signal }) => readBillProfile(id, signal), refetchInterval: useRefreshInterval() });
}

/** The account as its owner knows it, and its cycle: what a setting may come from. */
export function useSources(account_id: string, cycle_id: string) {
  return useQuery({
    queryKey: ["accounts", "sources", account_id, cycle_id],
    queryFn: async ({ signal }) => {
      const [account, cycle] = await Promise.all([
        answer(api.GET("/v1/accounts/{account_id}", { params: { path: { account_id } }, signal })),
        answer(api.GET("/v1/billing-cycles/{cycle_id}", { params: { path: { cycle_id } }, signal })),
      ]);
      return { account, cycle };
    },
  });
}
