/**
 * The fields of a form, read from the schema of the body it sends (api/bodies.json).
 *
 *     fieldsOf(schemas, "PaymentBody", { omit: ["id"] })
 *     // account_id: picker of accounts, amount: money, method: choice, received_on: date, external_key: text, …
 *
 * Facts within facts are fields of their own, named by their JSON pointer: `/address/city`. A list of plain things is a
 * table of rows, and so are facts by currency or by role (keyed.ts). What a form can't show (a union of prices, a list of lists) is left out where it is optional and refused
 * where it must be given, unless the form brings a field of its own for it, or wishes it `whole`: then it is written as JSON.
 */
import { levelOf, type Keyed } from "./keyed";

export interface Schema {
  type?: string;
  format?: string;
  enum?: readonly unknown[];
  const?: unknown;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
  default?: unknown;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  items?: Schema;
  additionalProperties?: unknown;
  patternProperties?: Readonly<Record<string, Schema>>;
  propertyNames?: Schema;
  discriminator?: { propertyName: string; mapping?: Readonly<Record<string, string>> };
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  $ref?: string;
}

export type Schemas = Readonly<Record<string, Schema>>;

export type FieldKind = "text" | "decimal" | "integer" | "yes_no" | "date" | "instant" | "choice" | "money" | "picker" | "lines" | "dates" | "tiers" | "rows" | "numbers" | "every" | "json" | "secret";
export type PickerKind = "account" | "plan" | "cycle" | "subscription" | "invoice" | "meter" | "service" | "bandwidth_profile" | "jurisdiction" | "late_fee_policy" | "legal_entity";

export interface FormField {
  /** Where it stands in the body, as the API's refusals name it. */
  pointer: string;
  name: string;
  kind: FieldKind;
  required: boolean;
  choices: readonly string[];
  picker: PickerKind | null;
  pattern: RegExp | null;
  max: number | null;
  /** The least of a whole number, or of each of several. */
  min: number | null;
  /** What it holds before anyone wrote in it. */
  initial: string | null;
  /** The columns of a table of tiers, by name; each is a decimal. */
  columns: readonly string[];
  /** What each row of a table of rows has. */
  row: readonly FormField[];
  /** Of rows that are facts by currency or role. */
  keyed: Keyed | null;
}

export interface Wish {
  /** Names of the body's own fields; without it, all. */
  only?: readonly string[];
  omit?: readonly string[];
  /** What is asked first, in this order; the rest follows as the schema has it. */
  first?: readonly string[];
  /** Nothing is left out: what has no field of its kind is written as JSON. */
  whole?: boolean;
  /** Pointers of fields that must be given where they are asked for, though the body may do without the part they are in. */
  needed?: readonly string[];
}

const pickers: Readonly<Record<string, PickerKind>> = {
  account_id: "account", parent_id: "account", billed_by: "account", plan_id: "plan", cycle_id: "cycle", subscription_id: "subscription", invoice_id: "invoice", meter: "meter",
  from_plan_id: "plan", to_plan_id: "plan", service_id: "service", bandwidth_profile_id: "bandwidth_profile", jurisdiction_id: "jurisdiction",
  late_fee_policy: "late_fee_policy", legal_entity: "legal_entity",
};

/** The members of a union by what tells them apart: of `Price` each model and its schema's name. */
export function membersOf(schemas: Schemas, union: string): ReadonlyMap<string, string> {
  const { discriminator, oneOf = [], anyOf = oneOf } = schemas[union] ?? {};
  const named = Object.entries(discriminator?.mapping ?? {}).map(([key, ref]) => [key, nameOf(ref)] as const);
  const told = anyOf.flatMap(({ $ref }) => {
    const name = nameOf($ref ?? "");
    const key = schemas[name]?.properties?.["model"]?.const;
    return typeof key === "string" ? [[key, name] as const] : [];
  });
  return new Map(named.length > 0 ? named : told);
}

function nameOf(ref: string): string {
  return ref.split("/").at(-1) ?? "";
}

export function fieldsOf(schemas: Schemas, body: string, { only, omit = [], first = [], whole = false, needed = [] }: Wish = {}): FormField[] {
  const schema = schemas[body];
  if (!schema) throw new Error(`no body is called ${body}`);
  const { properties = {}, required = [] } = schema;
  const ordered = [...first.filter((name) => name in properties), ...Object.keys(properties).filter((name) => !first.includes(name))];
  const wanted = ordered.filter((name) => !omit.includes(name) && (only?.includes(name) ?? true));
  const fields = wanted.flatMap((name) => read({ schemas, whole }, properties[name]!, `/${name}`, name, required.includes(name)));
  return needed.length === 0 ? fields : fields.map((field) => (needed.includes(field.pointer) ? { ...field, required: true } : field));
}

interface Reading {
  schemas: Schemas;
  whole: boolean;
}

function read(how: Reading, given: Schema, pointer: string, name: string, required: boolean): FormField[] {
  const { schemas, whole } = how;
  const schema = resolve(schemas, given);
  const isMoney = schema.properties !== undefined && "amount" in schema.properties && "currency" in schema.properties;
  if (schema.properties && !isMoney && !schema.enum) {
    // An address that may be left out has no field that must be given: the server says what is missing of one begun. Nor
    // has it one that is filled in: that would begin it.
    const parts = Object.entries(schema.properties).flatMap(([part, inner]) => read(how, inner, `${pointer}/${part}`, part, required && (schema.required?.includes(part) ?? false)));
    return required ? parts : parts.map((part) => ({ ...part, initial: null }));
  }
  const keyed = keyedOf(schemas, schema);
  const kind = isMoney ? "money" : keyed ? "rows" : (kindOf(schemas, schema, name) ?? (whole ? "json" : null));
  const bounds = kind === "numbers" ? resolve(schemas, schema.items!) : schema;
  if (kind === null) {
    if (required) throw new Error(`${pointer} needs a field of its own`);
    return [];
  }
  return [{
    pointer, name, kind, required,
    choices: kind === "choice" || kind === "every" ? (schema.enum ?? []).map(String) : [],
    picker: kind === "picker" ? (pickers[name] ?? null) : null,
    pattern: schema.pattern ? new RegExp(schema.pattern, "u") : null,
    max: bounds.maxLength ?? bounds.maximum ?? schema.maxItems ?? null,
    min: bounds.minimum ?? null,
    initial: schema.default === undefined || schema.default === null || keyed ? null : String(schema.default),
    columns: kind === "tiers" ? Object.keys(resolve(schemas, schema.items!).properties ?? {}) : [],
    row: keyed ? keyed.row : kind === "rows" ? rowOf(schemas, schema.items!) : [],
    keyed: keyed ? { keys: keyed.keys, each: keyed.each } : null,
  }];
}

function rowOf(schemas: Schemas, item: Schema): FormField[] {
  const { properties = {}, required = [] } = resolve(schemas, item);
  return Object.entries(properties).flatMap(([name, inner]) => read({ schemas, whole: true }, inner, `/${name}`, name, required.includes(name)));
}

/** The columns of a table of facts by currency or role. */
function keyedOf(schemas: Schemas, schema: Schema): (Keyed & { row: FormField[] }) | null {
  const level = levelOf(schema);
  if (!level) return null;
  const key = read({ schemas, whole: true }, level.schema, `/${level.key}`, level.key, true);
  const inner = resolve(schemas, level.inner);
  const deeper = keyedOf(schemas, inner);
  if (deeper) return { keys: [level.key, ...deeper.keys], each: deeper.each, row: [...key, ...deeper.row] };
  const isList = inner.type === "array" && inner.items !== undefined;
  const facts = inner.properties ? rowOf(schemas, inner) : read({ schemas, whole: true }, isList ? inner.items! : inner, "/amount", "amount", true);
  return { keys: [level.key], each: inner.properties ? "object" : isList ? "list" : "one", row: [...key, ...facts] };
}

function kindOf(schemas: Schemas, { type, format, items, ...schema }: Schema, name: string): FieldKind | null {
  if (schema.enum) return schema.properties ? "every" : "choice";
  if (type === "boolean") return "yes_no";
  if (type === "integer") return "integer";
  if (type === "array") return items ? listKind(schemas, items) : null;
  if (type !== "string") return null;
  if (name in pickers) return "picker";
  if (format === "password") return "secret";
  if (format === "date") return "date";
  if (format === "date-time") return "instant";
  return format === "decimal" ? "decimal" : "text";
}

const inRow: readonly FieldKind[] = ["text", "decimal", "integer", "choice", "date", "picker"];

function listKind(schemas: Schemas, items: Schema): FieldKind | null {
  const item = resolve(schemas, items);
  if (item.type === "integer") return "numbers";
  if (item.type === "string") return item.format === "date" ? "dates" : "lines";
  const parts = Object.entries(item.properties ?? {}).map(([name, part]) => kindOf(schemas, resolve(schemas, part), name));
  if (item.properties && "up_to" in item.properties && parts.every((kind) => kind === "decimal")) return "tiers";
  return parts.length > 0 && parts.every((kind) => kind !== null && inRow.includes(kind)) ? "rows" : null;
}

/**
 * Through references, and through "or null", which only says that it may be left out. Of a date or an instant the date;
 * of words or an object the words (`rounding`), with the object beside them where it counts days (`interval`).
 */
function resolve(schemas: Schemas, schema: Schema): Schema {
  const named = schema.$ref ? schemas[schema.$ref.split("/").at(-1) ?? ""] : undefined;
  if (named) return resolve(schemas, named);
  const choices = (schema.anyOf ?? []).filter(({ type }) => type !== "null");
  const first = choices[0];
  const words = choices.find((choice) => choice.enum);
  const days = choices.find(({ properties }) => properties && Object.keys(properties).join() === "days");
  if (words && choices.length > 1) return { ...words, ...(days ? { properties: days.properties! } : {}), ...(schema.default === undefined ? {} : { default: schema.default }) };
  const isOne = choices.length === 1 || choices.every(({ type, format }) => type === "string" && format?.startsWith("date"));
  return first && isOne ? { ...resolve(schemas, first), ...(schema.default === undefined ? {} : { default: schema.default }) } : schema;
}
