/** What the console reads of usage records: the list, one with its way, and how many there are by day and state. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, api, type Answer, type Question } from "../../../lib/api";
import { useRefreshInterval } from "../../../lib/queries";
import { momentsOf } from "../moments";

type Page = Answer<"/v1/usage/records">;
export type UsageRecord = Page["items"][number];
/** A row is named by its place in the log: the id that its source gave it may be there twice, or missing. */
export type RecordRow = UsageRecord & { record_id: string };
export type RecordPage = Omit<Page, "items"> & { items: RecordRow[] };
export type RecordDetail = Answer<"/v1/usage/records/{source}/{record_id}">;
export type Volume = Answer<"/v1/usage/summary">;

export async function readRecords(query: Question<"/v1/usage/records">, signal: AbortSignal): Promise<RecordPage> {
  const page = await answer(api.GET("/v1/usage/records", { params: { query: momentsOf(query) }, signal }));
  return { ...page, items: page.items.map((record) => ({ ...record, record_id: record.id, id: record.citation })) };
}

export function useRecord(source: string, record_id: string) {
  return useQuery({
    queryKey: ["usage", "one", source, record_id],
    queryFn: ({ signal }) => answer(api.GET("/v1/usage/records/{source}/{record_id}", { params: { path: { source, record_id } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
}

/** From which day on single records are here: the list says it, of whatever it is asked. */
export function useKeptSince(source: string, record_id: string) {
  return useQuery({
    queryKey: ["usage", "kept_since", source, record_id],
    queryFn: async ({ signal }) => (await readRecords({ source: [source], id: [record_id] }, signal)).kept_since,
  });
}

export function useVolume(query: Question<"/v1/usage/summary">, enabled: boolean) {
  return useQuery({
    queryKey: ["usage", "summary", query],
    queryFn: ({ signal }) => answer(api.GET("/v1/usage/summary", { params: { query }, signal })),
    refetchInterval: useRefreshInterval(),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function recordPath({ source, record_id }: Pick<RecordRow, "source" | "record_id">): string {
  return `/usage/records/${encodeURIComponent(source)}/${encodeURIComponent(record_id)}`;
}
