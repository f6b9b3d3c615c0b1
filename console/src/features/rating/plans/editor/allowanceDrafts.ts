/**
 * The allowances of a plan that is being written: the fields are those of the API's body, quantities in a unit for people.
 *
 *     const allowances = useAllowanceDrafts(schemas, plan?.allowances ?? []);
 *     allowances.drafts[0].form      // what FormFields draws
 *     allowances.toBody()            // [{ id: "data", meter: "data.octets", quantity: "100000000000" }], or null
 */
import { useMemo, useState } from "react";
import { written } from "../../../../lib/form/number";
import { fieldsOf, type FormField, type Schemas } from "../../../../lib/form/schema";
import type { Form } from "../../../../lib/form/useForm";
import { faultsOf, fromBody, initialValues, toBody, type Fault, type Tier, type Value, type Values } from "../../../../lib/form/values";
import { counted, inUnit, unitOf, unitsOf, type Unit } from "../units";
import { rewritten, unitOfPrice } from "./quantities";

/** Where it is kept who shares an allowance: nobody, all of the plan, or all in a pool; no field of the kit's says so. */
export const shared_at = "/shared";

export interface AllowanceDraft {
  key: number;
  form: Form;
  /** What its quantities are written in; null as long as it has no meter. */
  unit: Unit | null;
  /** Null as long as something is wrong. */
  allowance: Record<string, unknown> | null;
}

export interface AllowanceDrafts {
  drafts: readonly AllowanceDraft[];
  add: () => void;
  remove: (key: number) => void;
  isDirty: boolean;
  /** Tells what is wrong from now on. */
  toBody: () => Record<string, unknown>[] | null;
}

interface Kept {
  key: number;
  values: Values;
  /** By name; null is the meter's usual one. */
  unit: string | null;
  touched: ReadonlySet<string>;
}

const untold: ReadonlyMap<string, Fault> = new Map();

export function useAllowanceDrafts(schemas: Schemas, given: readonly object[]): AllowanceDrafts {
  const fields = useMemo(() => fieldsOf(schemas, "AllowanceBody"), [schemas]);
  const [initial] = useState<readonly Kept[]>(() => given.map((allowance, key) => read(allowance, key, fields)));
  const [kept, setKept] = useState(initial);
  const [next, setNext] = useState(initial.length);
  const [isSent, setSent] = useState(false);
  const drafts = kept.map(({ key, values, touched, unit: chosen }): AllowanceDraft => {
    const faults = faultsIn(fields, values);
    const meter = String(values.get("/meter") ?? "");
    const unit = meter === "" ? null : (unitsOf(meter).find(({ name }) => name === chosen) ?? unitOf(meter));
    const allowance = faults.size > 0 ? null : bodyOf(fields, unit ? withSteps(rewritten(fields, values, unit, unitsOf(meter)[0]!), (at) => counted(at, unit)) : values);
    const set = (pointer: string, value: Value) => setKept((before) => before.map((one) => (one.key === key ? { ...one, values: new Map(one.values).set(pointer, value), touched: new Set(one.touched).add(pointer) } : one)));
    return { key, unit, allowance, form: { fields, values, set, isDirty: touched.size > 0, faults: isSent ? faults : untold, isUntouched: (pointer) => !touched.has(pointer), send: () => allowance } };
  });
  return {
    drafts,
    add: () => {
      setKept((before) => [...before, { key: next, values: initialValues(fields), unit: null, touched: new Set() }]);
      setNext(next + 1);
    },
    remove: (key) => setKept((before) => before.filter((one) => one.key !== key)),
    isDirty: kept.length !== initial.length || kept.some(({ touched }) => touched.size > 0),
    toBody: () => {
      setSent(true);
      const made = drafts.flatMap(({ allowance }) => (allowance ? [allowance] : []));
      if (made.length < drafts.length) return null;
      setKept((before) => before.map((one) => ({ ...one, touched: new Set() })));
      return made;
    },
  };
}

function read(allowance: object, key: number, fields: readonly FormField[]): Kept {
  const shared = (allowance as { shared?: unknown }).shared;
  const whole: Values = new Map<string, Value>([...initialValues(fields), ...fromBody(fields, allowance), [shared_at, shared === true ? "plan" : typeof shared === "string" ? `pool:${shared}` : ""]]);
  const meter = String(whole.get("/meter") ?? "");
  const unit = unitOfPrice(fields, whole, meter);
  return { key, values: withSteps(rewritten(fields, whole, unitsOf(meter)[0]!, unit), (at) => said(inUnit(at, unit))), unit: unit.name, touched: new Set() };
}

const said = (quantity: string | null) => (quantity === null ? null : written(quantity));

/** From what usage on a step of fair use holds: a quantity moves into another unit, a percentage stays. */
function withSteps(values: Values, move: (at: string) => string | null): Values {
  const steps = values.get("/then");
  if (!Array.isArray(steps)) return values;
  return new Map(values).set("/then", (steps as readonly Tier[]).map((step) => ({ ...step, at: step["at"]?.trim().endsWith("%") ? step["at"].trim() : (move(step["at"] ?? "") ?? step["at"] ?? "") })));
}

/** What may be carried over is bounded only where something is, and a pool has a name. */
function faultsIn(fields: readonly FormField[], values: Values): ReadonlyMap<string, Fault> {
  const found = new Map(faultsOf(fields, values));
  const isWritten = (pointer: string) => String(values.get(pointer) ?? "").trim() !== "";
  if (isWritten("/rollover/max_quantity") && !isWritten("/rollover/periods")) found.set("/rollover/periods", "missing");
  if (values.get(shared_at) === "pool:") found.set(shared_at, "missing");
  return found;
}

function bodyOf(fields: readonly FormField[], values: Values): Record<string, unknown> {
  const shared = String(values.get(shared_at) ?? "");
  return { ...toBody(fields, values), shared: shared === "plan" ? true : shared.startsWith("pool:") ? shared.slice(5) : false };
}
