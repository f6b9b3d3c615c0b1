/**
 * From what is selected to what recycling and discarding are told: records by their place in the log, or the list's own filter.
 *
 * Null where the API has no such filter: of a list that is narrowed by a record's id, the rows are selected one by one.
 */
import type { Body } from "../../../lib/api";
import type { BulkScope } from "../../../ui/list/spec";
import { momentsOf } from "../moments";
import type { ParkedQuestion } from "./quarantineList";

export type Parked = Pick<Body<"/v1/usage/quarantine/recycle">, "records" | "filter">;

const words = ["reason", "source", "resource", "meter", "account_id", "subscription_id", "batch_id"] as const;

export function parkedOf(scope: BulkScope<ParkedQuestion>): Parked | null {
  if ("ids" in scope) return { records: [...scope.ids] };
  const asked = momentsOf(scope.filter);
  if (asked.id !== undefined) return null;
  const given = words.flatMap((name) => (asked[name] === undefined ? [] : [[name, [asked[name]].flat()] as const]));
  return { filter: { ...Object.fromEntries(given), ...(asked.from && { from: asked.from }), ...(asked.to && { to: asked.to }) } };
}
