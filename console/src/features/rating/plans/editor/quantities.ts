/**
 * The numbers of a price or an allowance that the meter counts (bounds, blocks, what is included), written in a unit for people.
 *
 *     rewritten(fields, values, byte, gigabyte)   // "200000000000" is "200", where a decimal can say it
 */
import { written } from "../../../../lib/form/number";
import type { FormField } from "../../../../lib/form/schema";
import type { Tier, Value, Values } from "../../../../lib/form/values";
import { counted, inUnit, unitFor, type Unit } from "../units";

const single: ReadonlySet<string> = new Set(["/included", "/unit_size", "/size", "/modifiers/free_quantity", "/quantity", "/rollover/max_quantity"]);
const columns: ReadonlySet<string> = new Set(["up_to", "unit_size"]);

/** Tiers of percentages are bounded by amounts, which have no unit of the meter. */
export function isQuantity({ pointer, kind, columns: own }: FormField): boolean {
  return single.has(pointer) || (kind === "tiers" && own.includes("unit_price"));
}

/** The same quantities in another unit. What is no number, or what it can't say, stays as it is written: `quantitiesIn` tells. */
export function rewritten(fields: readonly FormField[], values: Values, from: Unit, to: Unit): Values {
  if (from.name === to.name) return values;
  const move = (text: string) => {
    const whole = counted(text, from);
    return whole === null ? text : written(inUnit(whole, to) ?? unsayable);
  };
  return new Map([...values].map(([pointer, value]) => [pointer, fields.some((field) => field.pointer === pointer && isQuantity(field)) ? moved(value, move) : value]));
}

const unsayable = "?";

function moved(value: Value, move: (text: string) => string): Value {
  if (typeof value === "string") return value.trim() === "" ? value : move(value);
  if (!Array.isArray(value)) return value;
  return (value as readonly Tier[]).map((tier) => Object.fromEntries(Object.entries(tier).map(([name, text]) => [name, columns.has(name) && text.trim() !== "" ? move(text) : text])));
}

/** All quantities that are written; null where one of them could not be said in its unit. */
export function quantitiesIn(fields: readonly FormField[], values: Values): readonly string[] | null {
  const found = fields.filter(isQuantity).flatMap(({ pointer }): string[] => {
    const value = values.get(pointer);
    if (typeof value === "string") return [value];
    return Array.isArray(value) ? (value as readonly Tier[]).flatMap((tier) => [...columns].map((name) => tier[name] ?? "")) : [];
  });
  const told = found.filter((text) => text.trim() !== "");
  return told.includes(unsayable) ? null : told;
}

/** The unit to show a price in that is there already, counted as the meter counts. */
export function unitOfPrice(fields: readonly FormField[], values: Values, meter: string): Unit {
  return unitFor(meter, quantitiesIn(fields, values) ?? []);
}

/** Whether a unit price stands for a single octet or second, for it has no block: rarely what is meant. */
export function isForSingleUnits(model: string, values: Values): boolean {
  const isPriced = (text: string | undefined) => /[1-9]/.test(text ?? "");
  if (model === "per_unit") return isPriced(String(values.get("/unit_price") ?? "")) && !String(values.get("/unit_size") ?? "").trim();
  const tiers = values.get("/tiers");
  return (model === "graduated" || model === "volume") && Array.isArray(tiers) && (tiers as readonly Tier[]).some((tier) => isPriced(tier["unit_price"]) && !tier["unit_size"]?.trim());
}
