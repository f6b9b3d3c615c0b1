/** Lists as someone set them up and named them: `GET /v1/saved-views?list=invoices`; a server without them has none. */
import { useQuery } from "@tanstack/react-query";
import { answer, api, type Answer, type Body } from "./api";
import { isAbsent } from "./problem";

export type SavedView = Answer<"/v1/saved-views">["items"][number];

export type NewSavedView = Body<"/v1/saved-views">;

/** The views of a list; null where the server does not know of views. */
export function useSavedViews(list: string) {
  return useQuery<readonly SavedView[] | null>({
    queryKey: ["saved-views", list],
    queryFn: async ({ signal }) => {
      try {
        return (await answer(api.GET("/v1/saved-views", { params: { query: { list } }, signal }))).items;
      } catch (error) {
        if (isAbsent(error)) return null;
        throw error;
      }
    },
    staleTime: 5 * 60_000,
  });
}

/** What of the URL is kept: all but the page one is on, and the name of the view itself. */
export function viewQuery(search: string): string {
  const kept = new URLSearchParams(search);
  kept.delete("page");
  kept.delete("view");
  return kept.toString();
}
