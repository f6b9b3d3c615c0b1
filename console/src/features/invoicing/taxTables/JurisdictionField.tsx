/** A field of a form that names a jurisdiction: what it lies in, or the seat of who sells. */
import { useId } from "react";
import { useI18n } from "../../../lib/i18n";
import { refusalOfField, type Form } from "../../../lib/form/useForm";
import type { FormField } from "../../../lib/form/schema";
import { PickerField } from "../../../ui/form/PickerField";

interface Props {
  field: FormField;
  form: Form;
  label: string;
  refused: ReadonlyMap<string, string>;
}

export function JurisdictionField({ field: { pointer, required }, form, label, refused }: Props) {
  const { t } = useI18n();
  const id = useId();
  const fault = form.faults.get(pointer);
  const problem = fault ? t(`form.${fault}`) : form.isUntouched(pointer) ? refusalOfField(refused, pointer) : null;
  const wrong = { "aria-invalid": problem !== null, "aria-describedby": problem === null ? undefined : `${id}-problem` };
  return (
    <div className="form-field picker">
      <label htmlFor={id}>{label}{!required && <span className="small muted"> {t("form.optional")}</span>}</label>
      <PickerField id={id} kind="jurisdiction" label={label} value={String(form.values.get(pointer) ?? "")} onChange={(value) => form.set(pointer, value)} wrong={wrong} />
      {problem && <p id={`${id}-problem`} className="form-problem small" role="alert">{problem}</p>}
    </div>
  );
}
