/**
 * Who is signed in. The session is an HttpOnly cookie that no script reads; the console only asks `GET /v1/session`.
 */
import { queryOptions, useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { answer, api, type Answer } from "../../lib/api";
import { isStatus } from "../../lib/problem";

export type Session = Answer<"/v1/session">;

const again_ms = 5_000;

/** The session, or null when nobody is signed in. */
export const sessionQuery = queryOptions<Session | null>({
  queryKey: ["session"],
  queryFn: async ({ signal }) => {
    try {
      return await answer(api.GET("/v1/session", { signal }));
    } catch (error) {
      if (isStatus(error, 401)) return null;
      throw error;
    }
  },
  staleTime: 5 * 60_000,
  // Without it nothing else is read, so a server that was away is asked again by the page itself.
  refetchInterval: ({ state }) => (state.status === "error" ? again_ms : false),
});

export function useSession() {
  return useQuery(sessionQuery);
}

/** Whether the reader's role may do this, such as "audit"; false until it is known. */
export function useMay(action: string): boolean {
  return useSession().data?.allowed.includes(action) ?? false;
}

export function useLogIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (credentials: { email: string; password: string; code?: string }) => answer(api.POST("/v1/session", { body: credentials })),
    onSuccess: (session) => {
      // A session that ended by itself has left its data here.
      forgetData(client);
      client.setQueryData(sessionQuery.queryKey, session);
    },
  });
}

export function useLogOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.DELETE("/v1/session")),
    onSuccess: async () => {
      await client.cancelQueries();
      // Set before the rest goes: whoever watches the session must hear of it, and a query that is removed tells nobody.
      forgetSession(client);
      forgetData(client);
    },
  });
}

/** The next reader on this machine must see nothing of this one's. */
function forgetData(client: QueryClient): void {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] });
}

/** What a 401 anywhere means: the session has ended. */
export function forgetSession(client: QueryClient): void {
  client.setQueryData(sessionQuery.queryKey, null);
}
