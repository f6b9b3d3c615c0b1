/** What the console reads of the network: what lines are to have, whether it was told, and who tells it. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { paths } from "../../../api/schema";
import { answer, api, type Answer, type Question } from "../../../lib/api";
import { useRefreshInterval } from "../../../lib/queries";

export type IntentPage = Answer<"/v1/network-intents">;
export type Intent = IntentPage["items"][number];
export type Access = Answer<"/v1/resources/{resource_id}/access">;
export type ElementPage = Answer<"/v1/network-elements">;
export type Element = ElementPage["items"][number];
type Posted<Path extends keyof paths> = paths[Path] extends { post: { responses: { 200: { content: { "application/json": infer Body } } } } } ? Body : never;
export type Probe = Posted<"/v1/network-elements/{element_id}/test">;
export type Reconciled = Posted<"/v1/network-elements/{element_id}/reconcile">;

/** While the network is being told. */
const telling_ms = 2_000;
const history_shown = 20;

/** The line of a subscription, as the network's intents name it. */
export function lineOf(subscription: string): string {
  return `subscription:${subscription}`;
}

/** The subscription of a line; null where it is another resource. */
export function subscriptionOf(resource: string): string | null {
  return resource.startsWith("subscription:") ? resource.slice("subscription:".length) : null;
}

export function readAccess(resource_id: string, signal?: AbortSignal): Promise<Access> {
  const params = { path: { resource_id } };
  return answer(api.GET("/v1/resources/{resource_id}/access", signal ? { params, signal } : { params }));
}

export function useAccess(line: string) {
  const pace = useRefreshInterval();
  return useQuery({
    queryKey: ["network", "access", line],
    queryFn: ({ signal }) => readAccess(line, signal),
    refetchInterval: ({ state }) => (state.data?.state === "pending" || state.data?.state === "sent" ? telling_ms : pace),
  });
}

export function useIntentsOf(line: string) {
  return useQuery({
    queryKey: ["network", "of", line],
    queryFn: ({ signal }) => answer(api.GET("/v1/network-intents", { params: { query: { resource_id: [line], limit: history_shown } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: useRefreshInterval(),
  });
}

export async function readIntents(query: Question<"/v1/network-intents">, signal: AbortSignal): Promise<Omit<IntentPage, "items"> & { items: (Intent & { id: string })[] }> {
  const page = await answer(api.GET("/v1/network-intents", { params: { query }, signal }));
  return { ...page, items: page.items.map((intent) => ({ ...intent, id: `${intent.resource_id}/${intent.version}` })) };
}

export function readElement(element_id: string): Promise<Element> {
  return answer(api.GET("/v1/network-elements/{element_id}", { params: { path: { element_id } } }));
}

/** The elements that there are, to choose one of. */
export function useElementIds() {
  return useQuery({ queryKey: ["network-elements", "ids"], queryFn: async ({ signal }) => (await answer(api.GET("/v1/network-elements", { params: { query: { limit: 200 } }, signal }))).items.map(({ id }) => id) });
}
