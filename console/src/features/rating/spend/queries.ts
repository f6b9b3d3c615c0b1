/** What the console reads of a customer's spend alerts. */
import { useQuery } from "@tanstack/react-query";
import { answer, api, type Answer } from "../../../lib/api";
import { useRefreshInterval } from "../../../lib/queries";

export type SpendAlert = Answer<"/v1/spend-alerts">["items"][number];

export function readSpendAlert(alert_id: string) {
  return answer(api.GET("/v1/spend-alerts/{alert_id}", { params: { path: { alert_id } } }));
}

/** An account has at most twenty. */
const shown = 50;

export function useSpendAlerts(account_id: string) {
  return useQuery({
    queryKey: ["customers", "spend-alerts", account_id],
    queryFn: ({ signal }) => answer(api.GET("/v1/spend-alerts", { params: { query: { account_id: [account_id], sort: "threshold", limit: shown } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
}
