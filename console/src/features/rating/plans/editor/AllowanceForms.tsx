/** The allowances of a plan as forms, one under the other; what is rarely needed is folded away. */
import { useId } from "react";
import { useI18n } from "../../../../lib/i18n";
import type { FormField } from "../../../../lib/form/schema";
import { refusalOfField, type Form } from "../../../../lib/form/useForm";
import { Card } from "../../../../ui/Card";
import { FormFields } from "../../../../ui/form/FormFields";
import { Icon } from "../../../../ui/Icon";
import { unitName } from "../units";
import { shared_at, type AllowanceDraft, type AllowanceDrafts } from "./allowanceDrafts";
import { refusedIn } from "./drafts";
import { isQuantity } from "./quantities";

interface Props {
  allowances: AllowanceDrafts;
  refused: ReadonlyMap<string, string>;
}

export function AllowanceForms({ allowances, refused }: Props) {
  const { t } = useI18n();
  return (
    <Card title={t("allowance.title")}>
      <div className="stack">
        <p className="small muted">{t("allowance.hint")}</p>
        {allowances.drafts.map((draft, index) => <AllowanceForm key={draft.key} draft={draft} index={index} onRemove={() => allowances.remove(draft.key)} refused={refusedIn(refused, index, "/allowances")} />)}
        <div><button type="button" className="button" onClick={allowances.add}><Icon name="plus" /> {t("allowance.add")}</button></div>
      </div>
    </Card>
  );
}

const main: ReadonlySet<string> = new Set(["/id", "/meter", "/quantity"]);

function AllowanceForm({ draft: { form, unit }, index, onRemove, refused }: { draft: AllowanceDraft; index: number; onRemove: () => void; refused: ReadonlyMap<string, string> }) {
  const { t, locale } = useI18n();
  const unitFor = (field: FormField) => (unit && isQuantity(field) ? unitName(locale, unit) : undefined);
  const part = (wanted: boolean): Form => ({ ...form, fields: form.fields.filter(({ pointer }) => main.has(pointer) === wanted) });
  const rare = part(false);
  const isSaid = (pointer: string, initial: string | null) => { const value = form.values.get(pointer); return value !== undefined && value !== "" && value !== (initial ?? "") && !(Array.isArray(value) && value.length === 0); };
  const hasRare = rare.fields.some(({ pointer, initial }) => isSaid(pointer, initial)) || isSaid(shared_at, "") || [...refused.keys(), ...form.faults.keys()].some((at) => !main.has(at));
  return (
    <fieldset className="price-form">
      <legend>{t("allowance.n", { n: index + 1 })}</legend>
      <div className="price-head">
        <span className="grow" />
        <button type="button" className="button quiet icon" aria-label={t("allowance.remove", { n: index + 1 })} onClick={onRemove}><Icon name="close" /></button>
      </div>
      {refused.get("") && <p className="form-problem small" role="alert">{refused.get("")}</p>}
      <FormFields form={part(true)} words="allowance_form" refused={refused} unitOf={unitFor} />
      <details open={hasRare || undefined}>
        <summary>{t("editor.more")}</summary>
        <div className="stack">
          <FormFields form={rare} words="allowance_form" refused={refused} unitOf={unitFor} />
          <Shared form={form} refusal={refusalOfField(refused, shared_at)} />
        </div>
      </details>
    </fieldset>
  );
}

function Shared({ form, refusal }: { form: Form; refusal: string | null }) {
  const { t } = useI18n();
  const id = useId();
  const value = String(form.values.get(shared_at) ?? "");
  const isPool = value.startsWith("pool:");
  const fault = form.faults.get(shared_at);
  const problem = fault ? t(`form.${fault}`) : form.isUntouched(shared_at) ? refusal : null;
  return (
    <div className="form-fields">
      <div className="form-field">
        <label htmlFor={id}>{t("allowance_form.shared")}</label>
        <select id={id} className="field" value={isPool ? "pool:" : value} onChange={(event) => form.set(shared_at, event.target.value)}>
          <option value="">{t("allowance_form.shared_no")}</option>
          <option value="plan">{t("allowance_form.shared_plan")}</option>
          <option value="pool:">{t("allowance_form.shared_pool")}</option>
        </select>
      </div>
      {isPool && (
        <div className="form-field">
          <label htmlFor={`${id}-pool`}>{t("allowance_form.pool")}</label>
          <input id={`${id}-pool`} className="field" dir="ltr" autoComplete="off" value={value.slice(5)} aria-invalid={problem !== null} aria-describedby={problem ? `${id}-problem` : undefined} onChange={(event) => form.set(shared_at, `pool:${event.target.value}`)} />
        </div>
      )}
      {problem && <p id={`${id}-problem`} className="form-problem small" role="alert">{problem}</p>}
    </div>
  );
}
