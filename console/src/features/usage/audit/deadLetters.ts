/** What the console reads of dead letters, and what can be done with one. */
import { lazy } from "react";
import { useQuery } from "@tanstack/react-query";
import { answer, api, type Answer } from "../../../lib/api";
import { useRefreshInterval } from "../../../lib/queries";
import type { Actions } from "../../../ui/command/actions";

export type DeadLetterPage = Answer<"/v1/dead-letters">;
export type DeadLetter = DeadLetterPage["items"][number];

export function useDeadLetter(letter_id: string) {
  return useQuery({
    queryKey: ["dead-letters", "one", letter_id],
    queryFn: ({ signal }) => answer(api.GET("/v1/dead-letters/{letter_id}", { params: { path: { letter_id } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
}

export const deadLetterActions: Actions<DeadLetter> = {
  links: [],
  commands: {
    requeue: { icon: "refresh", label: "dead_letter.requeue", Dialog: lazy(() => import("./RequeueDialog")) },
    discard: { icon: "void", label: "dead_letter.discard", Dialog: lazy(() => import("./DiscardLetterDialog")) },
  },
};

export function deadLetterPath(id: string): string {
  return `/usage/dead-letters/${encodeURIComponent(id)}`;
}
