/** What the console reads of tax tables: jurisdictions by their place in the tree, rates, exemptions. */
import { useQuery } from "@tanstack/react-query";
import { answer, api, type Answer, type Question } from "../../../lib/api";

export type JurisdictionPage = Answer<"/v1/tax/jurisdictions">;
export type Jurisdiction = JurisdictionPage["items"][number];
export type TaxRatePage = Answer<"/v1/tax/rates">;
export type TaxRate = TaxRatePage["items"][number];
export type ExemptionPage = Answer<"/v1/tax/exemptions">;
export type Exemption = ExemptionPage["items"][number];

/** So many lie under one of them at most in a page of the tree. */
export const shownBelow = 500;
/** A place has few rates in force at a time. */
const shownRates = 200;

export function readJurisdiction(jurisdiction_id: string, signal?: AbortSignal): Promise<Jurisdiction> {
  const params = { path: { jurisdiction_id } };
  return answer(api.GET("/v1/tax/jurisdictions/{jurisdiction_id}", signal ? { params, signal } : { params }));
}

export function readTaxRate(rate_id: string): Promise<TaxRate> {
  return answer(api.GET("/v1/tax/rates/{rate_id}", { params: { path: { rate_id } } }));
}

/** What lies in a jurisdiction, by name; the countries without one. */
export function useBelow(parent: string | null) {
  const which: Question<"/v1/tax/jurisdictions"> = parent === null ? { level: ["country"] } : { parent_id: [parent] };
  return useQuery({
    queryKey: ["tax-jurisdictions", "below", parent],
    queryFn: ({ signal }) => answer(api.GET("/v1/tax/jurisdictions", { params: { query: { ...which, sort: "name", limit: shownBelow } }, signal })),
  });
}

/** One with those that it lies in, from the country down to itself. */
export function useWayTo(id: string | null) {
  return useQuery({
    queryKey: ["tax-jurisdictions", "way", id],
    queryFn: async ({ signal }) => {
      const way = [await readJurisdiction(id ?? "", signal)];
      while (way[0]!.parent_id !== null) way.unshift(await readJurisdiction(way[0]!.parent_id, signal));
      return way;
    },
    enabled: id !== null,
    retry: false,
  });
}

/** The rates of a jurisdiction itself that are in force on a day; with an empty day all of them. */
export function useRatesAt(jurisdiction_id: string, on: string) {
  return useQuery({
    queryKey: ["tax-rates", "at", jurisdiction_id, on],
    queryFn: ({ signal }) => answer(api.GET("/v1/tax/rates", { params: { query: { jurisdiction_id: [jurisdiction_id], ...(on ? { in_force_on: on } : {}), sort: "effective_from", limit: shownRates } }, signal })),
  });
}

export function jurisdictionPath(id: string): string {
  return `/settings?at=${encodeURIComponent(id)}`;
}

export function ratesPath(jurisdiction: string): string {
  return `/settings/tax-rates?status=all&jurisdiction_id=${encodeURIComponent(jurisdiction)}`;
}
