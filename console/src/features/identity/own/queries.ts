/** One's own sessions, and what one changes of one's own access. */
import { queryOptions } from "@tanstack/react-query";
import { answer, api, type Answer } from "../../../lib/api";

export type OwnSession = Answer<"/v1/sessions">["items"][number];

export const ownSessionsQuery = queryOptions({
  queryKey: ["own-sessions"],
  queryFn: ({ signal }) => answer(api.GET("/v1/sessions", { signal })),
});
