/** What the console reads of resources: the equipment's names for lines, and whose each was when. */
import { useQuery } from "@tanstack/react-query";
import type { components } from "../../../api/schema";
import { answer, api, type Answer } from "../../../lib/api";
import { useRefreshInterval } from "../../../lib/queries";

export type ResourcePage = Answer<"/v1/resources">;
export type Resource = ResourcePage["items"][number];
export type Assignment = Resource["assignments"][number];
/** Whose a resource was, with the usage that goes along. */
export type Reassignment = components["schemas"]["ReassignmentShape"];

export type ResourceHolder = Answer<"/v1/resource-holder">;
export type Held = Answer<"/v1/resource-history">["items"][number];

export function readResource(resource_id: string, signal?: AbortSignal): Promise<Resource> {
  const params = { path: { resource_id } };
  return answer(api.GET("/v1/resources/{resource_id}", signal ? { params, signal } : { params }));
}

export function useResource(id: string) {
  return useQuery({ queryKey: ["resources", "one", id], queryFn: ({ signal }) => readResource(id, signal), refetchInterval: useRefreshInterval() });
}

/** Who had it at a moment; now, if no moment is given. */
export function useHolder(resource: string, at: string) {
  return useQuery({
    queryKey: ["resources", "holder", resource, at],
    queryFn: ({ signal }) => answer(api.GET("/v1/resource-holder", { params: { query: at === "" ? { resource } : { resource, at } }, signal })),
    enabled: resource !== "",
  });
}

/** Everybody who had it, the latest first, prefixes over it included. */
export function useResourceHistory(resource: string) {
  return useQuery({
    queryKey: ["resources", "history", resource],
    queryFn: ({ signal }) => answer(api.GET("/v1/resource-history", { params: { query: { resource, limit: 20 } }, signal })),
    enabled: resource !== "",
  });
}

/** Which subscriptions a customer has, to assign a line to one of them. */
export function useSubscriptionsOf(account_id: string) {
  return useQuery({
    queryKey: ["subscriptions", "of", account_id],
    queryFn: ({ signal }) => answer(api.GET("/v1/subscriptions", { params: { query: { account_id: [account_id], limit: 100 } }, signal })),
    enabled: account_id !== "",
  });
}

export function resourcePath(id: string): string {
  return `/usage/resources/${encodeURIComponent(id)}`;
}
