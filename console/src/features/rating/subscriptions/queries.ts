/** What the console reads of subscriptions. */
import { useQuery } from "@tanstack/react-query";
import type { paths } from "../../../api/schema";
import { answer, api, type Answer } from "../../../lib/api";
import { useRefreshInterval } from "../../../lib/queries";

export type SubscriptionPage = Answer<"/v1/subscriptions">;
export type Subscription = SubscriptionPage["items"][number];
export type SubscriptionDetail = Answer<"/v1/subscriptions/{subscription_id}">;

export type Term = SubscriptionDetail["timeline"][number];
export type Scheduled = SubscriptionDetail["scheduled"][number];
type ChangeAnswer = paths["/v1/subscriptions/{subscription_id}/change-plan"]["post"]["responses"][200]["content"]["application/json"];
/** What a change would do to the bill. */
export type Effect = Extract<ChangeAnswer, { difference: unknown }>;

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

export function useAddOns(id: string) {
  return useQuery({
    queryKey: ["subscriptions", "add-ons", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/subscriptions/{subscription_id}/add-ons", { params: { path: { subscription_id: id }, query: { limit: shown } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
}

export function servicePath(id: string): string {
  return `/services/${encodeURIComponent(id)}`;
}
