/**
 * Who is signed in. The session is an HttpOnly cookie that no script reads; the console only asks `GET /v1/session`.
 */
import { queryOptions, useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { answer, api, type Answer } from "../../lib/api";
import { isBeingWritten } from "../../lib/form/leaveGuard";
import { isStatus } from "../../lib/problem";
import type { DeviceAnswer } from "./passkey";

export type Session = Answer<"/v1/session">;

const again_ms = 5_000;

/** The session, or null when nobody is signed in. */
export const sessionQuery = queryOptions<Session | null>({
  queryKey: ["session"],
  queryFn: async ({ signal, client, queryKey }) => {
    try {
      return await answer(api.GET("/v1/session", { signal }));
    } catch (error) {
      if (isStatus(error, 401)) return stays(client, client.getQueryData<Session | null>(queryKey));
      throw error;
    }
  },
  staleTime: 5 * 60_000,
  // Without it nothing else is read, so a server that was away is asked again by the page itself.
  refetchInterval: ({ state }) => (state.status === "error" ? again_ms : false),
});

/** Whether the session has ended while a form is being written: the page stays, and its reader is asked over it. */
const endedQuery = queryOptions<boolean>({ queryKey: ["session-ended"], queryFn: () => false, enabled: false, initialData: false, staleTime: Infinity, gcTime: Infinity });

const ofSession: ReadonlySet<unknown> = new Set([sessionQuery.queryKey[0], endedQuery.queryKey[0]]);

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

/** Who was signed in while a form is being written: they are asked over it. Nobody otherwise. */
function stays(client: QueryClient, before: Session | null | undefined): Session | null {
  if (!before || !isBeingWritten()) return null;
  client.setQueryData(endedQuery.queryKey, true);
  return before;
}

/** `again`: by the same reader, over the page that they were on, which stays. */
export function useLogIn(again: boolean) {
  return useEnter((credentials: Credentials) => answer(api.POST("/v1/session", { body: credentials })), again);
}

/** Any way of signing in: what it answers is the session. */
export function useEnter<Shown = void>(enter: (shown: Shown) => Promise<Session>, again = false) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: enter,
    onSuccess: (session) => {
      // A session that ended by itself has left its data here.
      if (!again) forgetData(client);
      client.setQueryData(sessionQuery.queryKey, session);
      client.setQueryData(endedQuery.queryKey, false);
      if (again) void client.invalidateQueries({ predicate: ({ queryKey }) => !ofSession.has(queryKey[0]) });
    },
  });
}

/** In which language mails to the reader are written, from now on. That it was not told is no matter of theirs: it is told with the next choice. */
export function useTellLanguage() {
  return useMutation({ mutationFn: (language: "en" | "de" | "fr" | "es") => answer(api.PUT("/v1/session/language", { body: { language } })) }).mutate;
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
  client.removeQueries({ predicate: ({ queryKey }) => !ofSession.has(queryKey[0]) });
}

export function useHasSessionEnded(): boolean {
  return useQuery(endedQuery).data;
}

/** What a 401 anywhere means: the session has ended. What is being written stays. */
export function endSession(client: QueryClient): void {
  if (client.getQueryData(sessionQuery.queryKey) && isBeingWritten()) client.setQueryData(endedQuery.queryKey, true);
  else forgetSession(client);
}

export function forgetSession(client: QueryClient): void {
  client.setQueryData(endedQuery.queryKey, false);
  client.setQueryData(sessionQuery.queryKey, null);
}
