/**
 * The prices that are being written: each has a model, and the fields of that model's schema in the API's document, so a
 * model that the services get is here by itself.
 *
 *     const prices = usePriceDrafts(schemas, plan?.prices ?? []);
 *     prices.drafts[0].form          // what FormFields draws
 *     prices.toBody()                // [{ model: "flat", amount: "29.90", … }], or null where something is wrong
 */
import { useMemo, useState } from "react";
import { fieldsOf, membersOf, type FormField, type Schemas } from "../../../../lib/form/schema";
import type { Form } from "../../../../lib/form/useForm";
import { faultsOf, fromBody, initialValues, toBody, type Fault, type Value, type Values } from "../../../../lib/form/values";
import { unitOf, unitsOf, type Unit } from "../units";
import { isQuantity, quantitiesIn, rewritten, unitOfPrice } from "./quantities";

export interface PriceDraft {
  key: number;
  model: string;
  form: Form;
  /** What its quantities are written in; null where it has no meter, or one that is counted in its own word only. */
  unit: Unit | null;
  /** The units that can say what is written; in another one it would be rounded. */
  units: readonly { unit: Unit; canSay: boolean }[];
  setUnit: (name: string) => void;
  /** Whether this field's numbers are of the meter. */
  isQuantity: (field: FormField) => boolean;
  /** What it would be sent as; null as long as something is wrong. */
  price: Record<string, unknown> | null;
}

export interface PriceDrafts {
  drafts: readonly PriceDraft[];
  models: readonly string[];
  add: (model: string) => void;
  remove: (key: number) => void;
  setModel: (key: number, model: string) => void;
  isDirty: boolean;
  /** Tells what is wrong from now on. */
  toBody: () => Record<string, unknown>[] | null;
}

interface Kept {
  key: number;
  model: string;
  values: Values;
  /** By name; null is the meter's usual one. */
  unit: string | null;
  touched: ReadonlySet<string>;
}

const untold: ReadonlyMap<string, Fault> = new Map();

export function usePriceDrafts(schemas: Schemas, given: readonly object[]): PriceDrafts {
  const members = useMemo(() => membersOf(schemas, "Price"), [schemas]);
  const fields = useMemo(() => new Map([...members].map(([model, schema]) => [model, fieldsOf(schemas, schema, { omit: ["model"], whole: true })])), [schemas, members]);
  const fieldsFor = (model: string): FormField[] => fields.get(model) ?? [];
  const [initial] = useState<readonly Kept[]>(() => given.map((price, key) => read(price, key, fieldsFor)));
  const [kept, setKept] = useState(initial);
  const [next, setNext] = useState(initial.length);
  const [isSent, setSent] = useState(false);

  const change = (key: number, made: (before: Kept) => Kept) => setKept((before) => before.map((one) => (one.key === key ? made(one) : one)));
  const drafts = kept.map(({ key, model, values, touched, unit: chosen }): PriceDraft => {
    const own = fieldsFor(model);
    const faults = faultsOf(own, values);
    const meter = String(values.get("/meter") ?? "");
    const unit = meter === "" ? null : (unitsOf(meter).find(({ name }) => name === chosen) ?? unitOf(meter));
    // A model that this console's document does not have stays as it is.
    const price = faults.size > 0 ? null : members.has(model) ? { model, ...toBody(own, unit ? rewritten(own, values, unit, unitsOf(meter)[0]!) : values) } : { ...given[key] };
    const set = (pointer: string, value: Value) => change(key, (before) => ({ ...before, values: new Map(before.values).set(pointer, value), touched: new Set(before.touched).add(pointer) }));
    const form: Form = { fields: own, values, set, isDirty: touched.size > 0, faults: isSent ? faults : untold, isUntouched: (pointer) => !touched.has(pointer), send: () => price };
    const units = unit ? unitsOf(meter).map((one) => ({ unit: one, canSay: quantitiesIn(own, rewritten(own, values, unit, one)) !== null })) : [];
    const setUnit = (name: string) => change(key, (before) => {
      const next = unitsOf(meter).find((one) => one.name === name);
      return unit && next ? { ...before, unit: name, values: rewritten(own, before.values, unit, next) } : before;
    });
    return { key, model, form, unit, units, setUnit, isQuantity, price };
  });
  return {
    drafts,
    models: [...new Set([...members.keys(), ...kept.map(({ model }) => model)])],
    add: (model) => {
      setKept((before) => [...before, { key: next, model, values: initialValues(fieldsFor(model)), unit: null, touched: new Set() }]);
      setNext(next + 1);
    },
    remove: (key) => setKept((before) => before.filter((one) => one.key !== key)),
    // What both models have, such as the meter, stays.
    setModel: (key, model) => change(key, (before) => ({ ...before, model, values: new Map([...initialValues(fieldsFor(model)), ...kindred(before.values, fieldsFor(before.model), fieldsFor(model))]) })),
    isDirty: kept.length !== initial.length || kept.some(({ touched, model }, at) => touched.size > 0 || model !== initial[at]?.model),
    toBody: () => {
      setSent(true);
      const prices = drafts.flatMap(({ price }) => (price ? [price] : []));
      if (prices.length < drafts.length || drafts.length === 0) return null;
      setKept((before) => before.map((one) => ({ ...one, touched: new Set() })));
      return prices;
    },
  };
}

function read(price: object, key: number, fieldsFor: (model: string) => FormField[]): Kept {
  const model = String((price as { model?: unknown }).model);
  const fields = fieldsFor(model);
  const counted: Values = new Map([...initialValues(fields), ...fromBody(fields, price)]);
  const meter = String(counted.get("/meter") ?? "");
  if (meter === "") return { key, model, values: counted, unit: null, touched: new Set() };
  const unit = unitOfPrice(fields, counted, meter);
  return { key, model, values: rewritten(fields, counted, unitsOf(meter)[0]!, unit), unit: unit.name, touched: new Set() };
}

function kindred(values: Values, from: readonly FormField[], to: readonly FormField[]): [string, Value][] {
  return [...values].filter(([pointer]) => from.find((field) => field.pointer === pointer)?.kind === to.find((field) => field.pointer === pointer)?.kind);
}

/** Of all that the server refused what concerns the price (or allowance) at `index`, by pointers within it. */
export function refusedIn(refused: ReadonlyMap<string, string>, index: number, list: "/prices" | "/allowances" = "/prices"): ReadonlyMap<string, string> {
  const start = `${list}/${index}`;
  return new Map([...refused].filter(([pointer]) => pointer === start || pointer.startsWith(`${start}/`)).map(([pointer, detail]) => [pointer.slice(start.length), detail]));
}
