/** What the console reads of customers: the joined view of each, the account itself, and what the open period comes to. */
import { useQuery } from "@tanstack/react-query";
import { answer, api, type Answer } from "../../../lib/api";
import { useRefreshInterval } from "../../../lib/queries";

type ConfigPage = Answer<"/v1/customer-configs">;
export type Config = ConfigPage["items"][number];
/** A row of the list: the view with the id that lists know things by. */
export type Customer = Config & { id: string };
export type CustomerPage = Omit<ConfigPage, "items"> & { items: readonly Customer[] };
export type Account = Answer<"/v1/accounts/{account_id}">;
export type UnbilledLine = Answer<"/v1/accounts/{account_id}/unbilled">["lines"][number];

/** The account with the joined view beside it. */
export type CustomerDetail = Account & { config: Config };

export function withId(page: ConfigPage): CustomerPage {
  return { ...page, items: page.items.map((config) => ({ ...config, id: config.account_id })) };
}

export function readCustomer(id: string, signal?: AbortSignal): Promise<CustomerDetail> {
  const params = { path: { account_id: id } };
  const reading = signal ? { params, signal } : { params };
  return Promise.all([answer(api.GET("/v1/accounts/{account_id}", reading)), answer(api.GET("/v1/customer-configs/{account_id}", reading))])
    .then(([account, config]) => ({ ...account, config }));
}

export function useCustomer(id: string) {
  return useQuery({ queryKey: ["customers", "one", id], queryFn: ({ signal }) => readCustomer(id, signal), refetchInterval: useRefreshInterval() });
}

export function useUnbilled(id: string) {
  return useQuery({
    queryKey: ["customers", "unbilled", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/accounts/{account_id}/unbilled", { params: { path: { account_id: id } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
}

/** A group is read with its first members; the list of customers has them all. */
const members_shown = 100;

export function useMembers(parent_id: string) {
  return useQuery({
    queryKey: ["customers", "members", parent_id],
    queryFn: ({ signal }) => answer(api.GET("/v1/customer-configs", { params: { query: { parent_id: [parent_id], limit: members_shown } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
}

export function customerPath(id: string): string {
  return `/customers/${encodeURIComponent(id)}`;
}

/** Null where the name is sealed for this reader, or erased. */
export function nameOf(name: string | null): string | null {
  return name === "sealed" || name === "erased" ? null : name;
}
