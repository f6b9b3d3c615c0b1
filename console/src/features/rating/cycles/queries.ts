/** What the console reads of billing cycles. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, api, type Answer } from "../../../lib/api";
import { useRefreshInterval } from "../../../lib/queries";
import type { Period } from "../../../lib/time";
import { quote, type QuoteBody } from "../quotes";

export type CyclePage = Answer<"/v1/billing-cycles">;
export type Cycle = CyclePage["items"][number];

/** How many periods are told in advance. */
export const shownPeriods = 6;

export function useCycle(id: string) {
  return useQuery({
    queryKey: ["billing-cycles", "one", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/billing-cycles/{cycle_id}", { params: { path: { cycle_id: id } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
}

export function useNextPeriods(id: string) {
  return useQuery({
    queryKey: ["billing-cycles", "periods", id],
    queryFn: async ({ signal }) => (await answer(api.GET("/v1/billing-cycles/{cycle_id}/periods", { params: { path: { cycle_id: id }, query: { count: shownPeriods } }, signal }))).items,
  });
}

/** Why periods of its customers can't close yet. */
export function useClosing(id: string) {
  return useQuery({
    queryKey: ["billing-cycles", "closing", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/billing-cycles/{cycle_id}/closing", { params: { path: { cycle_id: id } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
}

export type Frequency = "week" | "month" | "quarter" | "year" | { days: number };

/** A cycle that is being written: what its form holds. */
export interface Definition {
  frequency: Frequency;
  anchor_day: number;
  anchor_month?: number;
  time_zone: string;
}

/**
 * The periods that a definition makes, from the first one that begins after `today`: the server's own calendar, asked by
 * a quote of a price that is nothing.
 */
export function usePeriodsOf(definition: Definition | null, today: string) {
  return useQuery({
    queryKey: ["billing-cycles", "of", definition, today],
    queryFn: async ({ signal }): Promise<Period[]> => {
      const { frequency } = definition!;
      const price = { model: "flat", amount: "0", interval: frequency };
      const { lines } = await quote({ price, currency: "EUR", cycle: definition, start: today, target_date: horizon(frequency, today) } as unknown as QuoteBody, signal);
      // The first is the one that is open, cut at today.
      return lines.map(({ period }) => period).slice(1, shownPeriods + 1);
    },
    enabled: definition !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

const months = { week: 2, month: 8, quarter: 24, year: 96 } as const;

/** A day by which more periods have begun than are shown. */
function horizon(frequency: Frequency, today: string): string {
  const day = new Date(`${today}T00:00:00Z`);
  if (typeof frequency === "object") day.setUTCDate(day.getUTCDate() + (shownPeriods + 1) * frequency.days);
  else day.setUTCMonth(day.getUTCMonth() + months[frequency]);
  return day.toISOString().slice(0, 10);
}
