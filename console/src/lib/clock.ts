/** The stack's clock; with the test clock on, "now" is not the wall's. */
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "./api";
import { useRefreshInterval } from "./queries";

export function useClock() {
  return useQuery({
    queryKey: ["clock"],
    queryFn: ({ signal }) => answer(api.GET("/v1/clock", { signal })),
    refetchInterval: useRefreshInterval(),
  });
}

/** The stack's moment as it was read last; this machine's until it is known. */
export function useNow(): string {
  const { data } = useClock();
  return data?.now ?? new Date().toISOString();
}

/** The stack's date in UTC, for a form to begin with; this machine's until it is known. */
export function useToday(): string {
  return useNow().slice(0, 10);
}
