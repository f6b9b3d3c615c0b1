/** What the console reads of usage that was taken back: the list, one with how far it is, and what a batch has in it. */
import { useQuery } from "@tanstack/react-query";
import { answer, api, type Answer, type Body, type Question } from "../../../lib/api";
import { useRefreshInterval } from "../../../lib/queries";
import { isStatus } from "../../../lib/problem";
import { momentsOf } from "../moments";

export type RetractionPage = Answer<"/v1/usage/retractions">;
export type RetractionQuestion = Question<"/v1/usage/retractions">;
/**
 * `moved` of the `retracted` count elsewhere since: corrected, or with whoever has the resource. Of a reassignment
 * `resource_id` is what was reassigned.
 */
export type Retraction = RetractionPage["items"][number];
export type RetractionReason = Body<"/v1/usage/retractions">["reason"];

export const reasons: readonly RetractionReason[] = ["duplicate", "wrong_quantity", "wrong_time", "wrong_line", "bad_file", "test_data", "other"];
/** First parts of the keys of what a retraction changes. */
export const touches = ["retractions", "files", "usage", "quarantine", "customers"];

const running_ms = 1_000;
const name_kept_ms = 300_000;
const file_prefix = "usage-file-";

export function readRetractions(query: RetractionQuestion, signal: AbortSignal): Promise<RetractionPage> {
  return answer(api.GET("/v1/usage/retractions", { params: { query: momentsOf(query) }, signal }));
}

export function useRetraction(retraction_id: string) {
  const pace = useRefreshInterval();
  return useQuery({
    queryKey: ["retractions", "one", retraction_id],
    queryFn: ({ signal }): Promise<Retraction> => answer(api.GET("/v1/usage/retractions/{retraction_id}", { params: { path: { retraction_id } }, signal })),
    refetchInterval: ({ state }) => (state.data?.status === "pending" ? running_ms : pace),
  });
}

/** What was taken back of a batch, the newest first. */
export function useRetractionsOf(batch_id: string) {
  return useQuery({
    queryKey: ["retractions", "of", batch_id],
    queryFn: ({ signal }) => readRetractions({ batch_id: [batch_id] }, signal),
    refetchInterval: useRefreshInterval(),
    enabled: batch_id !== "",
  });
}

/** What followed a resource that was reassigned, the newest first. */
export function useReassignmentsOf(resource_id: string) {
  return useQuery({
    queryKey: ["retractions", "reassigned", resource_id],
    queryFn: ({ signal }) => readRetractions({ resource_id: [resource_id], reason: ["reassigned"], limit: 20 }, signal),
    refetchInterval: useRefreshInterval(),
  });
}

/** What of a batch can be taken back; null where there is no such batch. */
export interface BatchCounts {
  accepted: number;
  quarantined: number;
  isCounted: boolean;
}

/** Undefined until it is known. A file is a batch too, and its page tells more of it. */
export function useBatch(batch_id: string) {
  return useQuery({
    queryKey: ["usage", "batch", batch_id],
    queryFn: ({ signal }) => (isFile(batch_id) ? countsOfFile(batch_id, signal) : countsOfBatch(batch_id, signal)).catch(nullIfMissing),
    enabled: batch_id !== "",
  });
}

async function countsOfFile(file_id: string, signal: AbortSignal): Promise<BatchCounts | null> {
  const { status, records } = await answer(api.GET("/v1/usage/files/{file_id}", { params: { path: { file_id } }, signal }));
  return { ...records, isCounted: status !== "queued" && status !== "running" && records.all_counted };
}

async function countsOfBatch(batch_id: string, signal: AbortSignal): Promise<BatchCounts | null> {
  const { status, accepted, quarantined } = await answer(api.GET("/v1/usage/batches/{batch_id}", { params: { path: { batch_id } }, signal }));
  return { accepted, quarantined, isCounted: status === "done" };
}

function nullIfMissing(error: unknown): null {
  if (isStatus(error, 404)) return null;
  throw error;
}

export function isFile(batch_id: string): boolean {
  return batch_id.startsWith(file_prefix);
}

/** The name of a file that was taken back; undefined until it is known, empty where it has none. */
export function useFileName(file_id: string): string | undefined {
  return useQuery({
    queryKey: ["files", "one", file_id],
    queryFn: ({ signal }) => answer(api.GET("/v1/usage/files/{file_id}", { params: { path: { file_id } }, signal })),
    staleTime: name_kept_ms,
  }).data?.name;
}

export function retractionPath(id: string): string {
  return `/usage/retractions/${encodeURIComponent(id)}`;
}
