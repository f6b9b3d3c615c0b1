/** What the console reads of meters, and of what uses one. */
import { useQuery } from "@tanstack/react-query";
import { answer, api, type Answer } from "../../../lib/api";
import { useRefreshInterval } from "../../../lib/queries";

export type MeterPage = Answer<"/v1/meters">;
export type Meter = MeterPage["items"][number];

export function useMeter(meter_id: string) {
  return useQuery({ queryKey: ["meters", "one", meter_id], queryFn: ({ signal }) => answer(api.GET("/v1/meters/{meter_id}", { params: { path: { meter_id } }, signal })), refetchInterval: useRefreshInterval() });
}

/** A meter is in few plans and services; of more than so many the number is told. */
export const users_shown = 50;

/** Plans whose latest version has a price for it. */
export function usePlansOf(meter: string) {
  return useQuery({ queryKey: ["plans", "of-meter", meter], queryFn: ({ signal }) => answer(api.GET("/v1/plans", { params: { query: { meter, limit: users_shown } }, signal })) });
}

/** Services of the catalogue that are measured by it. */
export function useServicesOf(meter: string) {
  return useQuery({ queryKey: ["services", "of-meter", meter], queryFn: ({ signal }) => answer(api.GET("/v1/services", { params: { query: { meter, limit: users_shown } }, signal })) });
}

export function meterPath(id: string): string {
  return `/usage/meters/${encodeURIComponent(id)}`;
}
