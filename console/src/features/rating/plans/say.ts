/**
 * A price as a person would say it, in the reader's language: "€29.90 every month, billed in advance"; "up to 200 GB
 * free", "over 200 GB €0.50 per GB". Clauses, to stand in a list or behind each other; none where the model has no words
 * here, and the server's own sentence stands in.
 */
import { isZero, times } from "../../../lib/decimal";
import type { Key, Parameters, Translate } from "../../../lib/i18n";
import { formatDate } from "../../../lib/time";
import { formatDecimal, formatMoney, formatQuantity, plain } from "../../../lib/money";
import { inUnit, unitName, unitOf, unitsOf } from "./units";

type Document = Readonly<Record<string, unknown>>;

interface Saying {
  t: Translate;
  locale: string;
  currency: string;
  meter: string | null;
}

export function sayPrice(price: Document, currency: string, t: Translate, locale: string): readonly string[] {
  const meter = text(price["meter"]);
  const saying = { t, locale, currency, meter };
  const said = body(price, saying);
  return said.length === 0 ? [] : [...said, ...modifiers(price["modifiers"], saying)];
}

function body(price: Document, saying: Saying): string[] {
  const { t } = saying;
  switch (price["model"]) {
    case "flat": return [fee(price, saying)];
    case "one_time": return [t("say.once", { amount: money(text(price["amount"]), saying) })];
    case "per_unit": return [...included(price, saying), each(text(price["unit_price"]), text(price["unit_size"]), saying)];
    case "package": return [...included(price, saying), t("say.package", { price: money(text(price["price"]), saying), size: quantity(text(price["size"]), saying) })];
    case "graduated": return tiers(price["tiers"], saying, { up_to: "say.up_to", between: "say.between", over: "say.over" });
    case "volume": return tiers(price["tiers"], saying, { up_to: "say.all_up_to", between: "say.all_between", over: "say.all_over" });
    default: return [];
  }
}

function fee(price: Document, { t, ...saying }: Saying): string {
  const amount = money(text(price["amount"]), { t, ...saying });
  const interval = price["interval"];
  const every = typeof interval === "object" && interval !== null && "days" in interval ? t("say.fee_days", { amount, count: Number(interval.days) })
    : t(({ month: "say.fee_month", quarter: "say.fee_quarter", year: "say.fee_year", week: "say.fee_week" } as const)[String(interval)] ?? "say.fee", { amount });
  return t(price["bill"] === "arrears" ? "say.arrears" : "say.advance", { fee: every });
}

const included = (price: Document, saying: Saying): string[] => {
  const free = text(price["included"]);
  return free && !isZero(free) ? [saying.t("say.included", { quantity: quantity(free, saying) })] : [];
};

function tiers(given: unknown, saying: Saying, keys: Readonly<Record<"up_to" | "between" | "over", Key>>): string[] {
  if (!Array.isArray(given)) return [];
  const { t } = saying;
  return (given as Document[]).map((tier, at) => {
    const from = at === 0 ? null : text((given as Document[])[at - 1]?.["up_to"]);
    const to = text(tier["up_to"]);
    const flat = text(tier["flat_fee"]);
    const unit = each(text(tier["unit_price"]), text(tier["unit_size"]), saying);
    const price = flat && !isZero(flat) ? t("say.and_fee", { price: unit, fee: money(flat, saying) }) : unit;
    if (from && to) return t(keys.between, { from: quantity(from, saying), to: quantity(to, saying), price });
    if (to) return t(keys.up_to, { to: quantity(to, saying), price });
    return from ? t(keys.over, { from: quantity(from, saying), price }) : price;
  });
}

/** "€0.50 per GB" for a block of one unit, "€1.00 per started 10 GB", and by the single octet in the unit that people know. */
function each(price: string | null, size: string | null, saying: Saying): string {
  const { t, locale, meter } = saying;
  if (price === null) return "…";
  if (isZero(price)) return t("say.free");
  if (meter === null) return size ? t("say.per_block", { price: money(price, saying), size: quantity(size, saying) }) : t("say.per_unit", { price: money(price, saying) });
  const usual = unitOf(meter);
  const single = unitsOf(meter).find((unit) => size !== null && inUnit(size, unit) === "1");
  if (size === null) return t("say.per_exactly", { price: money(times(price, usual.factor), saying), unit: unitName(locale, usual) });
  return single ? t("say.per", { price: money(price, saying), unit: unitName(locale, single) }) : t("say.per_block", { price: money(price, saying), size: quantity(size, saying) });
}

function modifiers(given: unknown, saying: Saying): string[] {
  if (typeof given !== "object" || given === null) return [];
  const { t, locale } = saying;
  const { minimum, maximum, minimum_commitment: commitment, free_quantity: free, discount } = given as Document;
  const say = (value: unknown, key: Key, shown: (given: string) => Parameters): string[] => (text(value) ? [t(key, shown(text(value)!))] : []);
  const off = typeof discount === "object" && discount !== null ? (discount as Document) : {};
  const until = text(off["until"]);
  const discounts = [
    ...say(off["percent"], "say.discount", (percent) => ({ discount: `${formatDecimal(locale, plain(percent))} %` })),
    ...say(off["amount"], "say.discount", (amount) => ({ discount: money(amount, saying) })),
  ];
  return [
    ...say(free, "say.included", (some) => ({ quantity: quantity(some, saying) })),
    ...(until ? discounts.map((told) => t("say.until", { discount: told, day: formatDate(locale, until) })) : discounts),
    ...say(minimum, "say.minimum", (amount) => ({ amount: money(amount, saying) })),
    ...say(maximum, "say.maximum", (amount) => ({ amount: money(amount, saying) })),
    ...say(commitment, "say.commitment", (amount) => ({ amount: money(amount, saying) })),
  ];
}

const money = (amount: string | null, { locale, currency }: Saying): string => (amount === null ? "…" : formatMoney(locale, { amount: plain(amount), currency }));
const quantity = (value: string | null, { locale, meter }: Saying): string => (value === null ? "…" : formatQuantity(locale, plain(value), meter));

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
