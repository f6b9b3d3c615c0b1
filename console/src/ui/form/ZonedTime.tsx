/** A moment, written by the clock that times are shown by, which is named; the form has it by UTC. */
import { useId, useState } from "react";
import type { FormField } from "../../lib/form/schema";
import type { Form } from "../../lib/form/useForm";
import { useI18n } from "../../lib/i18n";
import { utcOf } from "../../lib/time";
import { useZone } from "../../lib/zone";

export function ZonedTime({ field, form, label, refusal }: { field: FormField; form: Form; label: string; refusal: string | null }) {
  const { t } = useI18n();
  const id = useId();
  const { zone } = useZone();
  const [local, setLocal] = useState("");
  const fault = form.faults.get(field.pointer);
  const problem = fault ? t(`form.${fault}`) : refusal;
  return (
    <div className="form-field">
      <label htmlFor={id}>{label} <span className="small muted" dir="ltr">({zone})</span></label>
      <input
        id={id} className="field" type="datetime-local" value={local} aria-invalid={Boolean(problem)} aria-describedby={problem ? `${id}-problem` : undefined}
        onChange={(event) => { setLocal(event.target.value); form.set(field.pointer, utcOf(zone, event.target.value)); }}
      />
      {problem && <p id={`${id}-problem`} className="form-problem small" role="alert">{problem}</p>}
    </div>
  );
}
