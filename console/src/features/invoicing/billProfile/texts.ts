/**
 * The bill profile with each parameter of its tax beside it as a text, so that a change of one of them can be told.
 *
 *     withTexts({ …, tax: { kind: "determined", place: "FR" } }).tax_place   // "FR"
 */
import type { Answer } from "../../../lib/api";

type Told = Answer<"/v1/accounts/{account_id}/bill-profile">;

export type BillProfile = Told & { id: string } & Readonly<Record<`tax_${(typeof parameters)[number]}`, string | null>>;

const parameters = ["kind", "place", "seller_country", "seller_place", "tax_country", "default_tax_class", "evidence", "registrations", "evidence_needed", "consumer_country"] as const;

export function withTexts(told: Told): BillProfile {
  const texts = parameters.map((name) => [`tax_${name}`, textOf(told.tax[name])] as const);
  return { ...told, id: told.account_id, ...Object.fromEntries(texts) } as BillProfile;
}

function textOf(value: unknown): string | null {
  if (Array.isArray(value)) return value.length === 0 ? null : value.join(", ");
  return typeof value === "string" && value !== "" ? value : null;
}
