/**
 * Whether all services are there: asked of the entry every few seconds, apart from what the page reads.
 *
 *     const { data } = usePulse();     // { rating: false, usage: true, … }
 *
 * The entry asks the services itself and answers within two seconds even where one of them stands still, so the console
 * knows it long before a read of its own has waited in vain. Nothing is asked while the reader has paused.
 */
import { useQuery } from "@tanstack/react-query";
import { limitedFetch } from "./api";
import { usePreference } from "./preferences";

/** Service by name, and whether it is ready. */
export type Pulse = Readonly<Record<string, boolean>>;

export const pulseKey = ["pulse"] as const;

const beat_ms = 5_000;
const limit_ms = 4_000;

export function usePulse() {
  const [pace_s] = usePreference("refresh_s");
  return useQuery({
    queryKey: pulseKey,
    queryFn: ({ signal }) => askPulse(signal),
    refetchInterval: pace_s > 0 ? beat_ms : false,
    retry: false,
    staleTime: 0,
  });
}

/** The names of what is not ready, in the order of the answer. */
export function notReady(pulse: Pulse | undefined): readonly string[] {
  return Object.entries(pulse ?? {}).flatMap(([name, ready]) => (ready ? [] : [name]));
}

/** `GET /readyz` says the same with 200 and with 503, so the status tells nothing that the body does not. */
async function askPulse(signal: AbortSignal): Promise<Pulse> {
  const response = await limitedFetch(`${location.origin}/readyz`, limit_ms, signal);
  const body = (await response.json()) as { services?: Readonly<Record<string, { ready?: boolean }>> };
  const services = Object.entries(body.services ?? {});
  if (services.length === 0) throw new Error("no service is named: of none, none is well");
  return Object.fromEntries(services.map(([name, { ready }]) => [name, ready === true]));
}
