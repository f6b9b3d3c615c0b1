/** What a picker offers for what was typed: accounts, plans and the like by their name or id. */
import { useQuery, keepPreviousData } from "@tanstack/react-query";
import { answer, api, type Question } from "../api";
import type { PickerKind } from "./schema";

export interface Option {
  id: string;
  label: string;
  note: string | null;
}

const shown = 20;
/** What an installation has few of is read whole and searched here; its API finds whole names only. */
const whole = 200;

type Find = (text: string, signal: AbortSignal) => Promise<Option[]>;

const finders: Readonly<Record<PickerKind, Find>> = {
  account: async (q, signal) => {
    const { items } = await answer(api.GET("/v1/accounts", { params: { query: { ...(q && { q }), limit: shown } }, signal }));
    return items.map(({ id, name }) => ({ id, label: name ?? id, note: id }));
  },
  plan: async (text, signal) => matching(text, (await answer(api.GET("/v1/plans", { params: { query: { limit: whole } }, signal }))).items),
  cycle: async (text, signal) => matching(text, (await answer(api.GET("/v1/billing-cycles", { params: { query: { limit: whole } }, signal }))).items),
  meter: async (text, signal) => matching(text, (await answer(api.GET("/v1/meters", { params: { query: { limit: whole } }, signal }))).items),
  service: async (text, signal) => matching(text, (await answer(api.GET("/v1/services", { params: { query: { limit: whole } }, signal }))).items),
  bandwidth_profile: async (text, signal) => matching(text, (await answer(api.GET("/v1/bandwidth-profiles", { params: { query: { limit: whole } }, signal }))).items),
  late_fee_policy: async (text, signal) => matching(text, (await answer(api.GET("/v1/late-fee-policies", { params: { query: { limit: whole } }, signal }))).items),
  legal_entity: async (text, signal) => matching(text, (await answer(api.GET("/v1/legal-entities", { params: { query: { limit: whole } }, signal }))).items),
  jurisdiction: findJurisdictions,
  subscription: (text, signal) => searched("subscription", text, signal),
  invoice: (text, signal) => searched("invoice", text, signal),
};

export function useOptions(kind: PickerKind, text: string, enabled: boolean) {
  return useQuery({
    queryKey: ["pickers", kind, text],
    queryFn: ({ signal }) => finders[kind](text, signal),
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** All legal entities; nothing where they can't be read, for then nobody is kept from the rest of the page. */
export function useLegalEntities(): readonly Option[] {
  const { data } = useQuery({ queryKey: ["pickers", "legal_entity", "whole"], queryFn: async ({ signal }) => (await answer(api.GET("/v1/legal-entities", { params: { query: { limit: whole } }, signal }))).items });
  return data?.map(({ id, name }) => ({ id, label: name, note: id })) ?? [];
}

/** What a chosen id is called; the id itself until that is known. */
export function useChosen(kind: PickerKind, id: string): Option | null {
  const { data } = useQuery({ queryKey: ["pickers", kind, "one", id], queryFn: async ({ signal }) => (await finders[kind](id, signal)).find((option) => option.id === id) ?? null, enabled: id !== "" });
  return data ?? null;
}

function matching(text: string, items: readonly { id: string; name?: string | null }[]): Option[] {
  const wanted = text.toLowerCase();
  return items
    .filter(({ id, name }) => [id, name ?? ""].some((field) => field.toLowerCase().includes(wanted)))
    .slice(0, shown)
    .map(({ id, name }) => ({ id, label: name ?? id, note: name ? id : null }));
}

/** By its whole id or name, and the first by name: a country may have thousands. */
async function findJurisdictions(text: string, signal: AbortSignal): Promise<Option[]> {
  const find = async (query: Question<"/v1/tax/jurisdictions">) => (await answer(api.GET("/v1/tax/jurisdictions", { params: { query: { ...query, limit: whole } }, signal }))).items;
  const found = await Promise.all([...(text ? [find({ id: [text] }), find({ name: [text] })] : []), find({ sort: "name" })]);
  return matching(text, [...new Map(found.flat().map((one) => [one.id, one])).values()]);
}

async function searched(kind: string, q: string, signal: AbortSignal): Promise<Option[]> {
  if (q === "") return [];
  const { items } = await answer(api.GET("/v1/search", { params: { query: { q } }, signal }));
  return items.filter((item) => item.kind === kind).map(({ id, label, account_id }) => ({ id, label, note: account_id ?? null }));
}
