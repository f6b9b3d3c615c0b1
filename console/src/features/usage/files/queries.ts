/** What the console reads of files of usage, and how one is sent. */
import { useQuery } from "@tanstack/react-query";
import type { components, paths } from "../../../api/schema";
import { answer, api, type Answer, type Question } from "../../../lib/api";
import { hasEnded } from "../../../lib/jobs";
import { useRefreshInterval } from "../../../lib/queries";
import { upload } from "../../../lib/upload";
import { momentsOf } from "../moments";

export type FilePage = Answer<"/v1/usage/files">;
export type UsageFile = FilePage["items"][number];
export type FileDetail = Answer<"/v1/usage/files/{file_id}">;
export type FileFormat = NonNullable<NonNullable<paths["/v1/usage/files"]["post"]["parameters"]["query"]>["format"]>;
type FileJob = components["schemas"]["FileJob"];

/** The entry takes no more (docs/api.md); said before a gigabyte was sent in vain. */
export const file_bytes_max = 256 * 1024 * 1024;
const running_ms = 1_000;

export function readFiles(query: Question<"/v1/usage/files">, signal: AbortSignal): Promise<FilePage> {
  return answer(api.GET("/v1/usage/files", { params: { query: momentsOf(query) }, signal }));
}

/** Whether the server still has something to do with it. */
export function isUnderWay({ status, records }: UsageFile): boolean {
  return !hasEnded({ status }) || (status === "done" && !records.all_counted);
}

export function useFile(file_id: string) {
  const pace = useRefreshInterval();
  return useQuery({
    queryKey: ["files", "one", file_id],
    queryFn: ({ signal }) => answer(api.GET("/v1/usage/files/{file_id}", { params: { path: { file_id } }, signal })),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? running_ms : pace),
  });
}

/** The sources that are known, to choose from. */
export function useSourceIds() {
  return useQuery({ queryKey: ["sources", "ids"], queryFn: async ({ signal }) => (await answer(api.GET("/v1/sources", { params: { query: { limit: 200 } }, signal }))).items.map(({ id }) => id), staleTime: 60_000 });
}

export interface Told {
  source: string;
  format: FileFormat;
  time_zone: string;
}

export function sendFile(file: File, { source, format, time_zone }: Told, sending: Parameters<typeof upload>[2]): Promise<FileJob> {
  const query = new URLSearchParams({ source, format, name: file.name.slice(0, 255), ...(time_zone.trim() && { time_zone: time_zone.trim() }) });
  return upload<FileJob>(`/v1/usage/files?${query.toString()}`, file, sending);
}

export function filePath(id: string): string {
  return `/usage/files/${encodeURIComponent(id)}`;
}

export function refusedPath(id: string): string {
  return `/v1/usage/files/${encodeURIComponent(id)}/refused.csv`;
}
