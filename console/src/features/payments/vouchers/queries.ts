/** What the console reads of vouchers: batches, the vouchers of one, redemptions; and of a customer's top-ups. */
import { useQuery } from "@tanstack/react-query";
import type { components } from "../../../api/schema";
import { answer, api, type Answer, type Question } from "../../../lib/api";
import { isStatus } from "../../../lib/problem";
import { useRefreshInterval } from "../../../lib/queries";

export type BatchPage = Answer<"/v1/voucher-batches">;
export type Batch = BatchPage["items"][number];
export type MadeBatch = components["schemas"]["MadeVoucherBatch"];
export type VoucherPage = Omit<Answer<"/v1/vouchers">, "items"> & { items: Voucher[] };
export type Voucher = Answer<"/v1/vouchers">["items"][number] & { id: string };
export type RedemptionPage = Answer<"/v1/vouchers/redemptions">;
export type Redemption = RedemptionPage["items"][number];
export type TopUp = Answer<"/v1/accounts/{account_id}/top-ups">["items"][number];
export type Rule = Answer<"/v1/accounts/{account_id}/automatic-top-up">;

export function readBatches(query: Question<"/v1/voucher-batches">, signal: AbortSignal): Promise<BatchPage> {
  return answer(api.GET("/v1/voucher-batches", { params: { query }, signal }));
}

export function readBatch(batch_id: string, signal?: AbortSignal): Promise<Batch> {
  return answer(api.GET("/v1/voucher-batches/{batch_id}", { params: { path: { batch_id } }, ...(signal ? { signal } : {}) }));
}

/** A voucher is known by its serial. */
export async function readVouchers(query: Question<"/v1/vouchers">, signal: AbortSignal): Promise<VoucherPage> {
  const page = await answer(api.GET("/v1/vouchers", { params: { query }, signal }));
  return { ...page, items: page.items.map((voucher) => ({ ...voucher, id: voucher.serial })) };
}

export function readRedemptions(query: Question<"/v1/vouchers/redemptions">, signal: AbortSignal): Promise<RedemptionPage> {
  return answer(api.GET("/v1/vouchers/redemptions", { params: { query }, signal }));
}

export function batchPath(id: string): string {
  return `/payments/vouchers/${encodeURIComponent(id)}`;
}

const shown = 20;

export function useTopUps(account_id: string) {
  return useQuery({
    queryKey: ["customers", "top_ups", account_id],
    queryFn: ({ signal }) => answer(api.GET("/v1/accounts/{account_id}/top-ups", { params: { path: { account_id }, query: { limit: shown } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
}

/** Null of a customer who has never had a rule. */
export function useRule(account_id: string) {
  return useQuery({
    queryKey: ["customers", "automatic_top_up", account_id],
    queryFn: async ({ signal }): Promise<Rule | null> => {
      try {
        return await answer(api.GET("/v1/accounts/{account_id}/automatic-top-up", { params: { path: { account_id } }, signal }));
      } catch (error) {
        if (isStatus(error, 404)) return null;
        throw error;
      }
    },
    refetchInterval: useRefreshInterval(),
  });
}
