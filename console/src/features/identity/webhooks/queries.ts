/** What the console reads of webhooks. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, api, type Answer, type Question } from "../../../lib/api";
import { useRefreshInterval } from "../../../lib/queries";

export type EndpointPage = Answer<"/v1/webhook-endpoints">;
export type Endpoint = EndpointPage["items"][number];
export type Delivery = Answer<"/v1/webhook-deliveries">["items"][number];
export type DeliveryStatus = Delivery["status"];

export const endpointPath = (id: string) => `/settings/webhooks/${encodeURIComponent(id)}`;

export function useEndpoint(endpoint_id: string) {
  return useQuery({ queryKey: ["webhook-endpoints", "one", endpoint_id], queryFn: ({ signal }) => answer(api.GET("/v1/webhook-endpoints/{endpoint_id}", { params: { path: { endpoint_id } }, signal })), refetchInterval: useRefreshInterval() });
}

export function useEventTypes() {
  return useQuery({ queryKey: ["webhook-event-types"], staleTime: Infinity, queryFn: ({ signal }) => answer(api.GET("/v1/webhook-event-types", { signal })) });
}

export function useDeliveries(query: Question<"/v1/webhook-deliveries">) {
  // What was asked for a moment ago is on its way: a sample is there within a second or two.
  return useQuery({ queryKey: ["webhook-deliveries", query], placeholderData: keepPreviousData, queryFn: ({ signal }) => answer(api.GET("/v1/webhook-deliveries", { params: { query }, signal })), refetchInterval: 3000 });
}

export function useDelivery(delivery_id: string) {
  return useQuery({ queryKey: ["webhook-deliveries", "one", delivery_id], queryFn: ({ signal }) => answer(api.GET("/v1/webhook-deliveries/{delivery_id}", { params: { path: { delivery_id } }, signal })) });
}
