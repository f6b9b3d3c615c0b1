/**
 * What a reader wrote into a form, and the body that it makes: texts in, exact decimal strings out, no float in between.
 *
 *     toBody(fields, new Map([["/amount", { amount: "12,40", currency: "EUR" }], ["/method", "card"]]))
 *     // { amount: { amount: "12.40", currency: "EUR" }, method: "card" }
 *
 * What was left empty is not sent.
 */
import type { MoneyValue } from "../money";
import { fromRows, isTwice, toRows } from "./keyed";
import { readDecimal, written } from "./number";
import type { FormField } from "./schema";

export type Tier = Readonly<Record<string, string>>;
export type Value = string | MoneyValue | readonly Tier[];
export type Values = ReadonlyMap<string, Value>;

/** Why a field can't be sent; the labels are `form.missing` and so on. */
export type Fault = "missing" | "no_decimal" | "no_integer" | "not_so" | "too_long" | "tiers_fall" | "tiers_open" | "no_json" | "no_integers" | "out_of_range" | "twice";

export function initialValues(fields: readonly FormField[], given: Readonly<Record<string, Value>> = {}): Values {
  return new Map(fields.flatMap((field): [string, Value][] => {
    const value = given[field.pointer] ?? given[field.name] ?? field.initial;
    return value === null || value === undefined ? [] : [[field.pointer, shown(field, value)]];
  }));
}

/** What a form holds for a body that is there already: the other way of `toBody`. */
export function fromBody(fields: readonly FormField[], body: object): Values {
  return new Map(fields.flatMap((field): [string, Value][] => {
    const value = field.pointer.split("/").slice(1).reduce<unknown>((inner, part) => (inner as Record<string, unknown> | null | undefined)?.[part], body);
    return value === undefined || value === null ? [] : [[field.pointer, toValue(field, value)]];
  }));
}

function toValue(field: FormField, value: unknown): Value {
  return shown(field, toText(field, value));
}

/** With its decimals as the reader writes them; what is written so already stays. */
function shown({ kind, columns, row }: FormField, value: Value): Value {
  if (kind === "money" && typeof value === "object" && "amount" in value) return { ...value, amount: written(value.amount) };
  if (kind === "decimal" && typeof value === "string") return written(value);
  if ((kind !== "tiers" && kind !== "rows") || !Array.isArray(value)) return value;
  const isNumber = (name: string) => columns.includes(name) || row.some((field) => field.name === name && field.kind === "decimal");
  return (value as readonly Tier[]).map((cells) => Object.fromEntries(Object.entries(cells).map(([name, text]) => [name, isNumber(name) ? written(text) : text])));
}

function toText({ kind, keyed }: FormField, value: unknown): Value {
  if (keyed) return toRows(keyed, value);
  if (kind === "numbers" && Array.isArray(value)) return value.join(", ");
  const isObject = typeof value === "object" && value !== null;
  if (kind === "money" && isObject) return value as MoneyValue;
  if ((kind === "tiers" || kind === "rows") && Array.isArray(value)) return value.map(textsOf);
  if (kind === "every" && isObject && "days" in value) return `days:${String(value.days)}`;
  if ((kind === "lines" || kind === "dates") && Array.isArray(value)) return value.join("\n");
  return isObject ? JSON.stringify(value, null, 1) : String(value);
}

function textsOf(row: object): Tier {
  const told = Object.entries(row).filter(([, value]) => value !== null);
  return { ...("up_to" in row ? { up_to: "" } : {}), ...Object.fromEntries(told.map(([name, value]) => [name, typeof value === "object" ? JSON.stringify(value) : String(value)])) };
}

export function faultsOf(fields: readonly FormField[], values: Values): ReadonlyMap<string, Fault> {
  return new Map(fields.flatMap((field): [string, Fault][] => {
    const fault = faultOf(field, values.get(field.pointer));
    return fault ? [[field.pointer, fault]] : [];
  }));
}

function faultOf({ kind, required, pattern, min, max, row, keyed }: FormField, value: Value | undefined): Fault | null {
  if (isEmpty(value)) return required ? "missing" : null;
  if (kind === "money") return readDecimal((value as MoneyValue).amount) === null ? "no_decimal" : null;
  if (kind === "tiers") return tiersFault(value as readonly Tier[]);
  const text = String(value).trim();
  if (kind === "rows") return rowsFault(row, value as readonly Tier[]) ?? (keyed && isTwice(keyed, value as readonly Tier[]) ? "twice" : null);
  if (kind === "numbers") return numbersFault(text, min, max);
  if (kind === "decimal") return readDecimal(text) === null ? "no_decimal" : null;
  if (kind === "json") return isWord(text) || isJson(text) ? null : "no_json";
  if (kind === "every") return !text.startsWith("days:") || /^days:[1-9]\d*$/.test(text) ? null : "no_integer";
  if (kind === "integer") return !/^-?\d+$/.test(text) ? "no_integer" : isWithin(text, min, max) ? null : "out_of_range";
  if (kind === "text" && max !== null && text.length > max) return "too_long";
  return kind === "text" && pattern && !pattern.test(text) ? "not_so" : null;
}

/** Whole numbers as people write some of them: `1, 3, 5`. */
const numbersOf = (text: string): string[] => text.split(/[\s,;]+/).filter((each) => each !== "");

function numbersFault(text: string, min: number | null, max: number | null): Fault | null {
  const all = numbersOf(text);
  if (!all.every((each) => /^\d+$/.test(each))) return "no_integers";
  return all.every((each) => isWithin(each, min, max)) ? null : "out_of_range";
}

function isWithin(text: string, min: number | null, max: number | null): boolean {
  return (min === null || Number(text) >= min) && (max === null || Number(text) <= max);
}

const isWord = (text: string): boolean => /^[A-Za-z][\w.:-]*$/.test(text) && !/^(true|false|null)$/.test(text);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The first fault in any cell. */
function rowsFault(columns: readonly FormField[], rows: readonly Tier[]): Fault | null {
  const faults = rows.flatMap((row) => columns.map((column) => faultOf(column, row[column.name])));
  return faults.find((fault) => fault !== null) ?? null;
}

/** Bounds rise, only the last is open, each unit has a price. */
function tiersFault(tiers: readonly Tier[]): Fault | null {
  return tierFaults(tiers).find((fault) => fault !== null) ?? null;
}

/**
 * What is wrong with each tier: a bound that does not rise laps over the tier before (`tiers_fall`); a missing one leaves
 * a gap up to the next, and one at the end leaves all above without a price (`tiers_open`).
 */
export function tierFaults(tiers: readonly Tier[]): readonly (Fault | null)[] {
  const bounds = tiers.map(({ up_to = "" }) => up_to.trim());
  return tiers.map((tier, row) => {
    const bound = bounds[row] ?? "";
    if (Object.values(tier).some((text) => text.trim() !== "" && readDecimal(text) === null)) return "no_decimal";
    if ((bound === "") !== (row === tiers.length - 1)) return "tiers_open";
    return bound !== "" && row > 0 && !isGreater(bound, bounds[row - 1] ?? "") ? "tiers_fall" : null;
  });
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

function toJson({ kind, columns, row, keyed }: FormField, value: Value): unknown {
  if (keyed) return fromRows(keyed, row, value as readonly Tier[], toJson);
  if (kind === "money") return { ...(value as MoneyValue), amount: readDecimal((value as MoneyValue).amount) };
  if (kind === "tiers") return (value as readonly Tier[]).map((tier) => tierToJson(tier, columns));
  if (kind === "rows") return (value as readonly Tier[]).map((texts) => toBody(row, new Map(Object.entries(texts).map(([name, text]) => [`/${name}`, text]))));
  const text = String(value).trim();
  // Words that stand for themselves, or the object that was there before.
  // An id of something stored needs no quotes around it.
  if (kind === "json" && isWord(text)) return text;
  if (kind === "json" || ((kind === "choice" || kind === "every") && text.startsWith("{"))) return JSON.parse(text);
  if (kind === "every") return text.startsWith("days:") ? { days: Number(text.slice(5)) } : text;
  if (kind === "decimal") return readDecimal(text);
  if (kind === "integer") return Number(text);
  if (kind === "numbers") return numbersOf(text).map(Number);
  if (kind === "yes_no") return text === "true";
  if (kind === "instant") return new Date(`${text}Z`).toISOString().replace(".000Z", "Z");
  return kind === "lines" || kind === "dates" ? text.split("\n").map((line) => line.trim()).filter((line) => line !== "") : text;
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
