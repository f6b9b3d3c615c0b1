/** What the console reads of collections through gateways. */
import { answer, api, type Answer, type Question } from "../../../lib/api";

export type CollectionPage = Answer<"/v1/collections">;
export type Collection = CollectionPage["items"][number];

export function readCollections(query: Question<"/v1/collections">, signal: AbortSignal): Promise<CollectionPage> {
  return answer(api.GET("/v1/collections", { params: { query }, signal }));
}
