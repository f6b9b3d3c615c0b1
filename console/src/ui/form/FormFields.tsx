/**
 * The fields of a form in their order, each with its name, its input, and what is wrong with it.
 *
 * `words: "payment"` names them: `payment.amount`. A field that the kit can't show, or should not, is drawn by `own`.
 */
import { useId, type ReactNode } from "react";
import { useI18n, useLabel } from "../../lib/i18n";
import type { FormField } from "../../lib/form/schema";
import { refusalOfField, type Form } from "../../lib/form/useForm";
import { FieldInput } from "./FieldInput";
import "./form.css";

interface Props {
  form: Form;
  words: string;
  /** What the server refused, by JSON pointer. */
  refused: ReadonlyMap<string, string>;
  /** Of a field that is a quantity the unit that it is written in. */
  unitOf?: (field: FormField) => string | undefined;
  /** `plain` is the field as the kit draws it, for one that only stands beside something. */
  own?: Readonly<Record<string, (field: FormField, form: Form, plain: ReactNode) => ReactNode>>;
}

export function FormFields({ form, words, refused, unitOf, own = {} }: Props) {
  return (
    <div className="form-fields">
      {form.fields.map((field) => {
        const plain = <Field key={field.pointer} field={field} form={form} words={words} refused={refused} unit={unitOf?.(field)} />;
        return own[field.name]?.(field, form, plain) ?? plain;
      })}
    </div>
  );
}

function Field({ field, form, words, refused, unit }: { field: FormField; form: Form; words: string; refused: ReadonlyMap<string, string>; unit: string | undefined }) {
  const { t } = useI18n();
  const label = useLabel();
  const id = useId();
  const fault = form.faults.get(field.pointer);
  const said = form.isUntouched(field.pointer) ? refusalOfField(refused, field.pointer) : null;
  const bounds = { min: field.min === null ? "" : String(field.min), max: field.max === null ? "" : String(field.max) };
  const problem = fault ? t(`form.${fault}`, fault === "out_of_range" ? bounds : undefined) : said;
  // Facts within facts may have a name of their own: `price_form.modifiers_minimum`, else that of the fact.
  const plainName = label(`${words}.${field.pointer.slice(1).replaceAll("/", "_")}`, label(`${words}.${field.name}`, field.name.replaceAll("_", " ")));
  const name = unit && field.kind === "decimal" ? t("form.in_unit", { field: plainName, unit }) : plainName;
  // One input has a label; a table or a pair of inputs is a group with a name.
  const isGroup = field.kind === "tiers" || field.kind === "rows" || field.kind === "money" || field.kind === "dates";
  const title = <>{name}{!field.required && <span className="small muted"> {t("form.optional")}</span>}</>;
  return (
    <div className={`form-field ${field.kind}`} {...(isGroup ? { role: "group", "aria-labelledby": `${id}-name` } : {})}>
      {isGroup ? <span id={`${id}-name`}>{title}</span> : <label htmlFor={id}>{title}</label>}
      <FieldInput id={id} field={field} label={name} words={words} value={form.values.get(field.pointer)} unit={unit} onChange={(value) => form.set(field.pointer, value)} problemId={problem ? `${id}-problem` : null} />
      {problem && <p id={`${id}-problem`} className="form-problem small" role="alert">{problem}</p>}
    </div>
  );
}
