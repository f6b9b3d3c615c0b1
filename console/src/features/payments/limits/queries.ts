/** What the console reads of credit limits and wallets. */
import { useQuery } from "@tanstack/react-query";
import { answer, api, type Answer } from "../../../lib/api";
import { useRefreshInterval } from "../../../lib/queries";

type Page = Answer<"/v1/exposures">;
export type Exposure = Page["items"][number] & { id: string };
export type ExposurePage = Omit<Page, "items"> & { items: Exposure[] };
export type AccountExposure = Answer<"/v1/accounts/{account_id}/exposure"> & { id: string };
/** There is one set of them, so that the id is only what commands are told apart by. */
export type CreditSettings = Answer<"/v1/credit-settings"> & { id: string };
export type CreditAlert = Answer<"/v1/accounts/{account_id}/credit-alerts">["items"][number];

/** What a command about them makes stale. */
export const touches = ["exposures", "customers"] as const;

/** An account has one exposure: its id is the account's. */
export function withIds(page: Page): ExposurePage {
  return { ...page, items: page.items.map((one) => ({ ...one, id: one.account_id })) };
}

export async function readExposure(account_id: string): Promise<AccountExposure> {
  return { ...(await answer(api.GET("/v1/accounts/{account_id}/exposure", { params: { path: { account_id } } }))), id: account_id };
}

export function useExposure(id: string) {
  return useQuery({ queryKey: ["exposures", "account", id], queryFn: () => readExposure(id), refetchInterval: useRefreshInterval() });
}

/** The latest; all of them stand in the customer's timeline. */
const shown = 20;

export function useCreditAlerts(account_id: string) {
  return useQuery({
    queryKey: ["exposures", "alerts", account_id],
    queryFn: ({ signal }) => answer(api.GET("/v1/accounts/{account_id}/credit-alerts", { params: { path: { account_id }, query: { limit: shown } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
}

export async function readCreditSettings(): Promise<CreditSettings> {
  return { ...(await answer(api.GET("/v1/credit-settings"))), id: "credit-settings" };
}

export function useCreditSettings() {
  return useQuery({ queryKey: ["credit-settings"], queryFn: readCreditSettings });
}
