/**
 * A price of the catalogue as the console shows it, read from a document whose fields depend on its model.
 *
 *     readPrice({ model: "graduated", tiers: [{ up_to: "10", unit_price: "0" }, { up_to: null, unit_price: "0.5" }] })
 *     // { model: "graduated", bands: [{ from: null, to: "10", price: "0", … }, { from: "10", to: null, price: "0.5", … }] }
 *
 * A model that this console does not know has no bands and is shown by its name.
 */
export interface Band {
  /** The band prices what lies above `from` (null: from zero) up to and with `to` (null: without end). */
  from: string | null;
  to: string | null;
  price: string;
  size: string | null;
  fee: string | null;
}

export interface Price {
  model: string;
  bands: readonly Band[];
  /** Whether it is a fee for time, not a price of what is used. */
  isFee: boolean;
  /** "advance" or "arrears". */
  bill: string | null;
}

type Document = Readonly<Record<string, unknown>>;

export function readPrice(document: Document): Price {
  const model = text(document["model"]) ?? "";
  return { model, bands: bandsOf(model, document), isFee: model === "flat", bill: text(document["bill"]) };
}

function bandsOf(model: string, document: Document): Band[] {
  if (model === "flat") return single(text(document["amount"]), null, null);
  if (model === "graduated") return tiered(Array.isArray(document["tiers"]) ? document["tiers"] : []);
  if (model !== "per_unit") return [];
  const included = text(document["included"]);
  const priced = single(text(document["unit_price"]), text(document["unit_size"]), included);
  return included ? [{ from: null, to: included, price: "0", size: null, fee: null }, ...priced] : priced;
}

function single(price: string | null, size: string | null, from: string | null): Band[] {
  return price === null ? [] : [{ from, to: null, price, size, fee: null }];
}

function tiered(tiers: readonly Document[]): Band[] {
  return tiers.map((tier, index) => ({
    from: index === 0 ? null : text(tiers[index - 1]?.["up_to"]),
    to: text(tier["up_to"]),
    price: text(tier["unit_price"]) ?? "0",
    size: text(tier["unit_size"]),
    fee: text(tier["flat_fee"]),
  }));
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
