/**
 * A form's state: what is written, whether anything was, what is wrong with it, and the body to send.
 *
 *     const form = useForm(fields, { currency: "EUR" });
 *     <FormFields form={form} refused={command.fields} words="payment" />
 *
 * A fault is told once the form was sent with it; what the server refused of a field is told until that field changes.
 */
import { useMemo, useState } from "react";
import type { FormField } from "./schema";
import { faultsOf, initialValues, toBody, type Fault, type Value, type Values } from "./values";

export interface Form {
  fields: readonly FormField[];
  values: Values;
  set: (pointer: string, value: Value) => void;
  isDirty: boolean;
  /** The faults to tell; empty before the form was first sent. */
  faults: ReadonlyMap<string, Fault>;
  /** Whether the server's word on this field still stands. */
  isUntouched: (pointer: string) => boolean;
  /** The body, of these fields or of all, or null when something is wrong, which is then told. */
  send: (asked?: readonly FormField[]) => Record<string, unknown> | null;
}

const untold: ReadonlyMap<string, Fault> = new Map();

export function useForm(fields: readonly FormField[], given: Readonly<Record<string, Value>> = {}): Form {
  const [initial] = useState(() => initialValues(fields, given));
  const [values, setValues] = useState(initial);
  const [isSent, setSent] = useState(false);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const faults = useMemo(() => faultsOf(fields, values), [fields, values]);
  return {
    fields,
    values,
    set: (pointer, value) => {
      setValues((before) => new Map(before).set(pointer, value));
      setTouched((before) => new Set(before).add(pointer));
    },
    isDirty: [...values].some(([pointer, value]) => JSON.stringify(value) !== JSON.stringify(initial.get(pointer) ?? "")),
    faults: isSent ? faults : untold,
    isUntouched: (pointer) => !touched.has(pointer),
    send: (asked = fields) => {
      setSent(true);
      if (asked.some(({ pointer }) => faults.has(pointer))) return null;
      setTouched(new Set());
      return toBody(asked, values);
    },
  };
}

/** What the server says of a field or of a part of it: of `/tiers/2/up_to` also the field `/tiers`. */
export function refusalOfField(refused: ReadonlyMap<string, string>, pointer: string): string | null {
  const found = [...refused].filter(([at]) => at === pointer || at.startsWith(`${pointer}/`));
  return found.length === 0 ? null : found.map(([, detail]) => detail).join("; ");
}
