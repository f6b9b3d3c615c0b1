/**
 * What the try-out asks: one line of a tax quote, with who sells, who buys and where, as a form with fields of the API's
 * own body.
 *
 *     quoteBody({ currency: "EUR", lines: { 0: { net: "100" } } })   // { currency: "EUR", lines: [{ net: "100" }] }
 */
import type { Body } from "../../../lib/api";
import { fieldsOf, type FormField, type Schemas } from "../../../lib/form/schema";

export type QuoteBody = Body<"/v1/tax/quotes">;

export const groups = ["what", "seller", "buyer", "ship_to"] as const;
export type Group = (typeof groups)[number];

const asked: Readonly<Record<Group, readonly string[]>> = {
  what: ["/date", "/lines/0/net", "/currency", "/lines/0/product_tax_class"],
  seller: ["/seller/country", "/seller/tax_id", "/seller/place", "/seller/registrations"],
  buyer: ["/buyer/country", "/buyer/tax_id", "/buyer/evidence"],
  ship_to: ["/ship_to/jurisdiction_id", "/ship_to/country", "/ship_to/region", "/ship_to/county", "/ship_to/city", "/ship_to/postal_code"],
};
const needed: readonly string[] = ["/date", "/lines/0/net", "/lines/0/product_tax_class"];

export function quoteFields(schemas: Schemas): FormField[] {
  const line = fieldsOf(schemas, "TaxQuoteLineBody", { only: ["net", "product_tax_class"] }).map((field) => ({ ...field, pointer: `/lines/0${field.pointer}` }));
  const all = [...fieldsOf(schemas, "TaxQuoteBody", { only: ["currency", "date", "seller", "buyer", "ship_to"] }), ...line];
  const wanted = groups.flatMap((group) => asked[group]);
  return wanted.flatMap((pointer) => all.filter((field) => field.pointer === pointer)).map((field) => (needed.includes(field.pointer) ? { ...field, required: true } : field));
}

export function fieldsOfGroup(fields: readonly FormField[], group: Group): readonly FormField[] {
  return fields.filter(({ pointer }) => asked[group].includes(pointer));
}

/** The lines of a form are numbered; the API takes a list. */
export function quoteBody(written: Record<string, unknown>): QuoteBody {
  return { ...written, lines: Object.values(written["lines"] ?? {}) } as QuoteBody;
}
