/**
 * How the console reads: one cache, few retries, automatic reads at the pace that the reader chose.
 *
 * A refused read (4xx) is never repeated; a fault is, twice, and one that took its whole time once. A 401 anywhere means that the session has ended:
 * `onSignedOut` hears of it once and the shell leads to the login.
 */
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { usePreference } from "./preferences";
import { isStatus, isTimeout, isTransient } from "./problem";

export function makeQueryClient(onSignedOut: (client: QueryClient) => void): QueryClient {
  const onError = (error: Error) => {
    if (isStatus(error, 401)) onSignedOut(client);
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        // The browser's word for "offline" is not taken: a stack on this machine answers without a network, and a paused
        // read would show neither data nor an error.
        networkMode: "always",
        staleTime: 10_000,
        refetchOnWindowFocus: true,
        retry: (failures, error) => isTransient(error) && failures < (isTimeout(error) ? 1 : 2),
      },
      // Never kept for later: what was asked for and given up must not happen by itself when the network is back.
      mutations: { retry: false, networkMode: "always" },
    },
  });
  return client;
}

/** The `refetchInterval` of a query that follows the reader's pace; false while paused. */
export function useRefreshInterval(): number | false {
  const [seconds] = usePreference("refresh_s");
  return seconds > 0 ? seconds * 1000 : false;
}
