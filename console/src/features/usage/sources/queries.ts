/** What the console reads of a source, and how it does. */
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api";
import { useRefreshInterval } from "../../../lib/queries";

export function useSource(source_id: string) {
  return useQuery({ queryKey: ["sources", "one", source_id], queryFn: ({ signal }) => answer(api.GET("/v1/sources/{source_id}", { params: { path: { source_id } }, signal })), refetchInterval: useRefreshInterval() });
}

export function sourcePath(id: string): string {
  return `/usage/sources/${encodeURIComponent(id)}`;
}
