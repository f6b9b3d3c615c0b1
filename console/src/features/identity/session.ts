/**
 * Who is signed in. The session is an HttpOnly cookie that no script reads; the console only asks `GET /v1/session`.
 */
import { queryOptions, useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { answer, api, type Answer } from "../../lib/api";
import { isStatus } from "../../lib/problem";
import type { DeviceAnswer } from "./passkey";

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

export interface Credentials {
  email: string;
  password: string;
  code?: string;
  passkey?: DeviceAnswer;
}

export function useLogIn() {
  return useEnter((credentials: Credentials) => answer(api.POST("/v1/session", { body: credentials })));
}

/** Any way of signing in: what it answers is the session. */
export function useEnter<Shown = void>(enter: (shown: Shown) => Promise<Session>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: enter,
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
    mutationFn: async () => {
      const there = client.getQueryData(sessionQuery.queryKey)?.method === "provider" ? await placeToSignOut() : null;
      await answer(api.DELETE("/v1/session"));
      return there;
    },
    onSuccess: async (there) => {
      await client.cancelQueries();
      // Set before the rest goes: whoever watches the session must hear of it, and a query that is removed tells nobody.
      forgetSession(client);
      forgetData(client);
      if (there) location.assign(there);
    },
  });
}

/** Whoever came by a provider signs out there too; where it can't be asked, here is enough. */
async function placeToSignOut(): Promise<string | null> {
  return answer(api.GET("/v1/session/provider/sign-out")).then(({ url }) => url, () => null);
}

const nextKey = "meterlog.next";

/** The page to come to, kept in this tab while its reader is at the provider. */
export function rememberNext(next: string): void {
  sessionStorage.setItem(nextKey, next);
}

export function takeNext(): string | null {
  const next = sessionStorage.getItem(nextKey);
  sessionStorage.removeItem(nextKey);
  return next;
}

/** The next reader on this machine must see nothing of this one's. */
function forgetData(client: QueryClient): void {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] });
}

/** What a 401 anywhere means: the session has ended. */
export function forgetSession(client: QueryClient): void {
  client.setQueryData(sessionQuery.queryKey, null);
}
