/** What the console reads of a subscription's allowances, and what a rule would have made of a month that has been. */
import { useQuery } from "@tanstack/react-query";
import type { paths } from "../../../api/schema";
import { answer, api, type Answer, type Body } from "../../../lib/api";
import { permille, sum } from "../../../lib/decimal";
import { useRefreshInterval } from "../../../lib/queries";
import { unitOf, type Unit } from "../plans/units";

export type Allowed = Answer<"/v1/subscriptions/{subscription_id}/allowances">;
export type Bucket = Allowed["allowances"][number];
export type MeterUse = Allowed["meters"][number];
export type TrialBody = Body<"/v1/subscriptions/{subscription_id}/allowances/try">;
/** What came of a trial. It is a reading: it never waits for a command. */
export type Trial = paths["/v1/subscriptions/{subscription_id}/allowances/try"]["post"]["responses"][200]["content"]["application/json"];

export function useAllowances(id: string) {
  return useQuery({
    queryKey: ["subscriptions", "allowances", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/subscriptions/{subscription_id}/allowances", { params: { path: { subscription_id: id } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
}

export type TopUp = Answer<"/v1/top-ups">["items"][number];

/** The latest; what came of older ones is on invoices. */
const shown = 50;

export function useTopUps(id: string) {
  return useQuery({
    queryKey: ["subscriptions", "top-ups", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/top-ups", { params: { query: { subscription_id: [id], sort: "-added_at", limit: shown } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
}

export function readTopUp(top_up_id: string) {
  return answer(api.GET("/v1/top-ups/{top_up_id}", { params: { path: { top_up_id } } }));
}

export async function tryAllowances(id: string, body: TrialBody): Promise<Trial> {
  return (await answer(api.POST("/v1/subscriptions/{subscription_id}/allowances/try", { params: { path: { subscription_id: id } }, body }))) as Trial;
}

/** `part` of `whole` between "0" and "1", to the thousandth; nothing is all of nothing. */
export function shareOf(part: string, whole: string): string {
  const share = permille(part, whole);
  return share === null ? "1" : String(Number(share) / 1000);
}

/** All that is there for a meter in the running period: what a percentage of fair use is of. */
export function thereOf({ allowances }: Allowed, meter: string): string {
  return sum(allowances.filter((bucket) => bucket.meter === meter).map(({ available }) => available));
}

/** The unit that quantities of a meter are written in, as `counted` reads them. */
export function writtenIn(meter: string): Unit {
  return unitOf(meter);
}
