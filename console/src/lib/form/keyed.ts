/**
 * Facts by currency, or by role and currency, as the rows of a table, and back.
 *
 *     { "EUR": "0.05" }                          currency EUR, amount 0.05
 *     { "support": { "EUR": "50.00" } }          role support, currency EUR, amount 50.00
 *     { "EUR": ["20.00", "5.00"] }               a row for each amount
 *     { "EUR": { "minimum": "5.00" } }           currency EUR, minimum 5.00
 */
import type { FormField, Schema } from "./schema";
import type { Tier } from "./values";

/** `keys`: the columns that say of what a row is; `each`: what stands under them. */
export interface Keyed {
  keys: readonly string[];
  each: "one" | "list" | "object";
}

export interface Level {
  key: string;
  schema: Schema;
  inner: Schema;
}

/** The key of an object that has any number of parts of one kind: a currency, or one of some words. */
export function levelOf({ type, properties, patternProperties, propertyNames, additionalProperties }: Schema): Level | null {
  if (type !== "object" || properties) return null;
  const byPattern = Object.entries(patternProperties ?? {})[0];
  if (byPattern) return { key: "currency", schema: { type: "string", pattern: byPattern[0], maxLength: 3 }, inner: byPattern[1] };
  const names = propertyNames?.enum;
  return names && typeof additionalProperties === "object" && additionalProperties !== null ? { key: "role", schema: { type: "string", enum: names }, inner: additionalProperties as Schema } : null;
}

export function toRows({ keys, each }: Keyed, value: unknown, before: Tier = {}): Tier[] {
  const [key, ...rest] = keys;
  if (key !== undefined) return Object.entries((value ?? {}) as object).flatMap(([name, inner]) => toRows({ keys: rest, each }, inner, { ...before, [key]: name }));
  if (each === "list") return (value as readonly unknown[]).map((amount) => ({ ...before, amount: String(amount) }));
  if (each === "one") return [{ ...before, amount: String(value) }];
  return [{ ...before, ...Object.fromEntries(Object.entries(value as object).flatMap(([name, fact]) => (fact === null ? [] : [[name, String(fact)]]))) }];
}

/** `read` makes of a cell what is sent. */
export function fromRows({ keys, each }: Keyed, row: readonly FormField[], rows: readonly Tier[], read: (field: FormField, text: string) => unknown): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  const facts = row.filter(({ name }) => !keys.includes(name));
  for (const told of rows) {
    let at = body;
    for (const key of keys.slice(0, -1)) at = (at[told[key] ?? ""] ??= {}) as Record<string, unknown>;
    const last = told[keys.at(-1) ?? ""] ?? "";
    const cells = Object.fromEntries(facts.map((field) => [field.name, (told[field.name] ?? "").trim() === "" ? null : read(field, told[field.name] ?? "")]));
    if (each === "object") at[last] = cells;
    else if (each === "one") at[last] = cells["amount"];
    else at[last] = [...((at[last] as readonly unknown[] | undefined) ?? []), cells["amount"]];
  }
  return body;
}

/** Whether two rows are of the same thing, of which one would be lost. */
export function isTwice({ keys, each }: Keyed, rows: readonly Tier[]): boolean {
  const names = rows.map((row) => JSON.stringify([...keys, ...(each === "list" ? ["amount"] : [])].map((key) => row[key] ?? "")));
  return new Set(names).size < names.length;
}
