/**
 * The fields of a form, read from the schema of the body it sends (api/bodies.json).
 *
 *     fieldsOf(schemas, "PaymentBody", { omit: ["id"] })
 *     // account_id: picker of accounts, amount: money, method: choice, received_on: date, external_key: text, …
 *
 * Facts within facts are fields of their own, named by their JSON pointer: `/address/city`. What a form can't show (a
 * union of prices, a list of objects that are no tiers) is left out where it is optional and refused where it must be
 * given, unless the form brings a field of its own for it.
 */
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
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  $ref?: string;
}

export type Schemas = Readonly<Record<string, Schema>>;

export type FieldKind = "text" | "decimal" | "integer" | "yes_no" | "date" | "instant" | "choice" | "money" | "picker" | "lines" | "tiers";
export type PickerKind = "account" | "plan" | "cycle" | "subscription" | "invoice" | "meter";

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
  /** What it holds before anyone wrote in it. */
  initial: string | null;
  /** The columns of a table of tiers, by name; each is a decimal. */
  columns: readonly string[];
}

export interface Wish {
  /** Names of the body's own fields; without it, all. */
  only?: readonly string[];
  omit?: readonly string[];
}

const pickers: Readonly<Record<string, PickerKind>> = {
  account_id: "account", plan_id: "plan", cycle_id: "cycle", subscription_id: "subscription", invoice_id: "invoice", meter: "meter",
};

export function fieldsOf(schemas: Schemas, body: string, { only, omit = [] }: Wish = {}): FormField[] {
  const schema = schemas[body];
  if (!schema) throw new Error(`no body is called ${body}`);
  const { properties = {}, required = [] } = schema;
  const wanted = Object.keys(properties).filter((name) => !omit.includes(name) && (only?.includes(name) ?? true));
  return wanted.flatMap((name) => read(schemas, properties[name]!, `/${name}`, name, required.includes(name)));
}

function read(schemas: Schemas, given: Schema, pointer: string, name: string, required: boolean): FormField[] {
  const schema = resolve(schemas, given);
  const isMoney = schema.properties !== undefined && "amount" in schema.properties && "currency" in schema.properties;
  if (schema.properties && !isMoney) {
    // An address that may be left out has no field that must be given: the server says what is missing of one begun.
    return Object.entries(schema.properties).flatMap(([part, inner]) => read(schemas, inner, `${pointer}/${part}`, part, required && (schema.required?.includes(part) ?? false)));
  }
  const kind = isMoney ? "money" : kindOf(schemas, schema, name);
  if (kind === null) {
    if (required) throw new Error(`${pointer} needs a field of its own`);
    return [];
  }
  return [{
    pointer, name, kind, required,
    choices: kind === "choice" ? (schema.enum ?? []).map(String) : [],
    picker: kind === "picker" ? (pickers[name] ?? null) : null,
    pattern: schema.pattern ? new RegExp(schema.pattern, "u") : null,
    max: schema.maxLength ?? schema.maximum ?? schema.maxItems ?? null,
    initial: schema.default === undefined || schema.default === null ? null : String(schema.default),
    columns: kind === "tiers" ? Object.keys(resolve(schemas, schema.items!).properties ?? {}) : [],
  }];
}

function kindOf(schemas: Schemas, { type, format, items, ...schema }: Schema, name: string): FieldKind | null {
  if (schema.enum) return "choice";
  if (type === "boolean") return "yes_no";
  if (type === "integer") return "integer";
  if (type === "array") return items ? listKind(resolve(schemas, items)) : null;
  if (type !== "string") return null;
  if (name in pickers) return "picker";
  if (format === "date") return "date";
  if (format === "date-time") return "instant";
  return format === "decimal" ? "decimal" : "text";
}

function listKind(item: Schema): FieldKind | null {
  if (item.properties && "up_to" in item.properties) return "tiers";
  return item.type === "string" ? "lines" : null;
}

/** Through references, and through "or null", which only says that it may be left out. Of a date or an instant the date. */
function resolve(schemas: Schemas, schema: Schema): Schema {
  const named = schema.$ref ? schemas[schema.$ref.split("/").at(-1) ?? ""] : undefined;
  if (named) return resolve(schemas, named);
  const choices = (schema.anyOf ?? []).filter(({ type }) => type !== "null");
  const first = choices[0];
  const isOne = choices.length === 1 || choices.every(({ type, format }) => type === "string" && format?.startsWith("date"));
  return first && isOne ? { ...resolve(schemas, first), ...(schema.default === undefined ? {} : { default: schema.default }) } : schema;
}
