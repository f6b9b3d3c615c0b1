/** What the console reads of subscriptions. */
import { useQuery } from "@tanstack/react-query";
import { answer, api, type Answer } from "../../../lib/api";
import { useRefreshInterval } from "../../../lib/queries";

export type SubscriptionPage = Answer<"/v1/subscriptions">;
export type Subscription = SubscriptionPage["items"][number];
export type SubscriptionDetail = Answer<"/v1/subscriptions/{subscription_id}">;

/** A customer has few; more than this are read on the page of services. */
const shown = 100;

export function useSubscriptionsOf(account_id: string) {
  return useQuery({
    queryKey: ["subscriptions", "account", account_id],
    queryFn: ({ signal }) => answer(api.GET("/v1/subscriptions", { params: { query: { account_id: [account_id], sort: "-start", limit: shown } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
}

export function useSubscription(id: string) {
  return useQuery({
    queryKey: ["subscriptions", "one", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/subscriptions/{subscription_id}", { params: { path: { subscription_id: id } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
}

export function servicePath(id: string): string {
  return `/services/${encodeURIComponent(id)}`;
}
