/**
 * The bill profile with each parameter of its tax and its delivery beside it as a text, so that a change of one of them can be told.
 *
 *     withTexts({ …, tax: { kind: "determined", place: "FR" } }).tax_place   // "FR"
 */
import type { Answer } from "../../../lib/api";

type Told = Answer<"/v1/accounts/{account_id}/bill-profile">;

export type BillProfile = Told & { id: string } & Readonly<Record<`tax_${(typeof parameters)[number]}`, string | null>> & ReturnType<typeof deliveryTexts>;

const parameters = ["kind", "place", "seller_country", "seller_place", "tax_country", "default_tax_class", "evidence", "registrations", "evidence_needed", "consumer_country"] as const;

export function withTexts(told: Told): BillProfile {
  const texts = parameters.map((name) => [`tax_${name}`, textOf(told.tax[name])] as const);
  return { ...told, id: told.account_id, ...Object.fromEntries(texts), ...deliveryTexts(told.delivery) } as BillProfile;
}

function textOf(value: unknown): string | null {
  if (Array.isArray(value)) return value.length === 0 ? null : value.join(", ");
  return typeof value === "string" && value !== "" ? value : null;
}

/** What stands for an address that the reader may not see. */
export function isSealed(text: string): boolean {
  return text === "sealed";
}

/** No address beside an e-mail is the account's own. */
function deliveryTexts({ email, webhook, print, automatic }: Told["delivery"]) {
  return { delivery_email: email && email.to.join(", "), delivery_webhook: webhook && webhook.url, delivery_print: print, delivery_automatic: automatic };
}
