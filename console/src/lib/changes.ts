/**
 * What changed in a resource between two readings, field by field, for a reader whose command was for the older one.
 *
 *     changesBetween({ version: 1, total: eur("10.00") }, { version: 2, total: eur("12.00") })
 *     // [{ field: "total", before: eur("10.00"), now: eur("12.00") }]
 *
 * Only what both readings have is compared (a row of a list has less than the thing itself), and the version, which
 * always differs, is left out. Lists and nested facts count as changed without being told in detail.
 */
import type { MoneyValue } from "./money";

export type Shown = string | number | boolean | null | MoneyValue;

export interface Change {
  field: string;
  /** Null where the value is too large to tell: a list, or facts within facts. */
  before: Shown;
  now: Shown;
}

const silent = new Set(["version", "allowed_actions", "as_of"]);

export function changesBetween(before: object, now: object): Change[] {
  const later = new Map(Object.entries(now));
  return Object.entries(before).flatMap(([field, value]) => {
    if (silent.has(field) || !later.has(field) || JSON.stringify(value) === JSON.stringify(later.get(field))) return [];
    return [{ field, before: shown(value), now: shown(later.get(field)) }];
  });
}

function shown(value: unknown): Shown {
  if (isMoney(value)) return value;
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

export function isMoney(value: unknown): value is MoneyValue {
  return typeof value === "object" && value !== null && "amount" in value && "currency" in value;
}
