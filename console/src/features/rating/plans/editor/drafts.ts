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

export interface PriceDraft {
  key: number;
  model: string;
  form: Form;
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
  const drafts = kept.map(({ key, model, values, touched }): PriceDraft => {
    const own = fieldsFor(model);
    const faults = faultsOf(own, values);
    // A model that this console's document does not have stays as it is.
    const price = faults.size > 0 ? null : members.has(model) ? { model, ...toBody(own, values) } : { ...given[key] };
    const set = (pointer: string, value: Value) => change(key, (before) => ({ ...before, values: new Map(before.values).set(pointer, value), touched: new Set(before.touched).add(pointer) }));
    const form: Form = { fields: own, values, set, isDirty: touched.size > 0, faults: isSent ? faults : untold, isUntouched: (pointer) => !touched.has(pointer), send: () => price };
    return { key, model, form, price };
  });
  return {
    drafts,
    models: [...new Set([...members.keys(), ...kept.map(({ model }) => model)])],
    add: (model) => {
      setKept((before) => [...before, { key: next, model, values: initialValues(fieldsFor(model)), touched: new Set() }]);
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
  return { key, model, values: new Map([...initialValues(fields), ...fromBody(fields, price)]), touched: new Set() };
}

function kindred(values: Values, from: readonly FormField[], to: readonly FormField[]): [string, Value][] {
  return [...values].filter(([pointer]) => from.find((field) => field.pointer === pointer)?.kind === to.find((field) => field.pointer === pointer)?.kind);
}

/** Of all that the server refused what concerns the price at `index`, by pointers within it. */
export function refusedIn(refused: ReadonlyMap<string, string>, index: number): ReadonlyMap<string, string> {
  const start = `/prices/${index}`;
  return new Map([...refused].filter(([pointer]) => pointer === start || pointer.startsWith(`${start}/`)).map(([pointer, detail]) => [pointer.slice(start.length), detail]));
}
