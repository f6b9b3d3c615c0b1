/**
 * What a reader wrote into a form, and the body that it makes: texts in, exact decimal strings out, no number in between.
 *
 *     toBody(fields, new Map([["/amount", { amount: "12,40", currency: "EUR" }], ["/method", "card"]]))
 *     // { amount: { amount: "12.40", currency: "EUR" }, method: "card" }
 *
 * What was left empty is not sent.
 */
import type { MoneyValue } from "../money";
import type { FormField } from "./schema";

export type Tier = Readonly<Record<string, string>>;
export type Value = string | MoneyValue | readonly Tier[];
export type Values = ReadonlyMap<string, Value>;

/** Why a field can't be sent; the labels are `form.missing` and so on. */
export type Fault = "missing" | "no_decimal" | "no_integer" | "not_so" | "too_long" | "tiers_fall" | "tiers_open";

export function initialValues(fields: readonly FormField[], given: Readonly<Record<string, Value>> = {}): Values {
  return new Map(fields.flatMap((field): [string, Value][] => {
    const value = given[field.name] ?? field.initial;
    return value === null || value === undefined ? [] : [[field.pointer, value]];
  }));
}

/** A decimal as people write it, with a comma or a point but without groups; null for anything else. */
export function readDecimal(text: string): string | null {
  const plain = text.trim().replace(/^\u2212/, "-").replace(",", ".");
  return /^-?\d+(\.\d+)?$/.test(plain) ? plain : null;
}

export function faultsOf(fields: readonly FormField[], values: Values): ReadonlyMap<string, Fault> {
  return new Map(fields.flatMap((field): [string, Fault][] => {
    const fault = faultOf(field, values.get(field.pointer));
    return fault ? [[field.pointer, fault]] : [];
  }));
}

function faultOf({ kind, required, pattern, max }: FormField, value: Value | undefined): Fault | null {
  if (isEmpty(value)) return required ? "missing" : null;
  if (kind === "money") return readDecimal((value as MoneyValue).amount) === null ? "no_decimal" : null;
  if (kind === "tiers") return tiersFault(value as readonly Tier[]);
  const text = String(value).trim();
  if (kind === "decimal") return readDecimal(text) === null ? "no_decimal" : null;
  if (kind === "integer") return /^-?\d+$/.test(text) ? null : "no_integer";
  if (kind === "text" && max !== null && text.length > max) return "too_long";
  return kind === "text" && pattern && !pattern.test(text) ? "not_so" : null;
}

/** Bounds rise, only the last is open, each unit has a price. */
function tiersFault(tiers: readonly Tier[]): Fault | null {
  if (tiers.some((tier) => Object.entries(tier).some(([, text]) => text.trim() !== "" && readDecimal(text) === null))) return "no_decimal";
  const bounds = tiers.map(({ up_to = "" }) => up_to.trim());
  if (bounds.slice(0, -1).includes("") || bounds.at(-1) !== "") return "tiers_open";
  return bounds.slice(0, -1).some((bound, index) => index > 0 && !isGreater(bound, bounds[index - 1] ?? "")) ? "tiers_fall" : null;
}

/** Compares decimal texts exactly, by their digits. */
function isGreater(left: string, right: string): boolean {
  const digits = (text: string, places: number) => {
    const [whole = "", part = ""] = (readDecimal(text) ?? "0").split(".");
    return BigInt(`${whole}${part.padEnd(places, "0")}`);
  };
  const places = Math.max(...[left, right].map((text) => (readDecimal(text) ?? "").split(".")[1]?.length ?? 0));
  return digits(left, places) > digits(right, places);
}

export function toBody(fields: readonly FormField[], values: Values): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const field of fields) {
    const value = values.get(field.pointer);
    if (!isEmpty(value)) put(body, field.pointer.split("/").slice(1), toJson(field, value!));
  }
  return body;
}

function toJson({ kind, columns }: FormField, value: Value): unknown {
  if (kind === "money") return { ...(value as MoneyValue), amount: readDecimal((value as MoneyValue).amount) };
  if (kind === "tiers") return (value as readonly Tier[]).map((tier) => tierToJson(tier, columns));
  const text = String(value).trim();
  if (kind === "decimal") return readDecimal(text);
  if (kind === "integer") return Number(text);
  if (kind === "yes_no") return text === "true";
  if (kind === "instant") return new Date(`${text}Z`).toISOString().replace(".000Z", "Z");
  return kind === "lines" ? text.split("\n").map((line) => line.trim()).filter((line) => line !== "") : text;
}

function tierToJson(tier: Tier, columns: readonly string[]): Record<string, string | null> {
  const written = columns.filter((name) => name !== "up_to" && (tier[name] ?? "").trim() !== "");
  return { up_to: readDecimal(tier["up_to"] ?? ""), ...Object.fromEntries(written.map((name) => [name, readDecimal(tier[name] ?? "")])) };
}

function put(body: Record<string, unknown>, [name = "", ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) body[name] = value;
  else put((body[name] ??= {}) as Record<string, unknown>, rest, value);
}

function isEmpty(value: Value | undefined): boolean {
  if (value === undefined) return true;
  if (typeof value === "string") return value.trim() === "";
  return "amount" in value ? value.amount.trim() === "" : value.length === 0;
}
