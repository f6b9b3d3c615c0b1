/** The prices of a plan as forms, one under the other; what is rarely needed is folded away. */
import { useI18n, useLabel } from "../../../../lib/i18n";
import type { Form } from "../../../../lib/form/useForm";
import { FormFields } from "../../../../ui/form/FormFields";
import { Icon } from "../../../../ui/Icon";
import { EmptyState } from "../../../../ui/States";
import type { FormField } from "../../../../lib/form/schema";
import { unitName, unitsOf } from "../units";
import { isForSingleUnits } from "./quantities";
import { refusedIn, type PriceDraft, type PriceDrafts } from "./drafts";

interface Props {
  prices: PriceDrafts;
  refused: ReadonlyMap<string, string>;
  isSent: boolean;
}

export function PriceForms({ prices, refused, isSent }: Props) {
  const { t } = useI18n();
  return (
    <div className="stack">
      {prices.drafts.length === 0 && <EmptyState icon="tag" title={t("editor.no_prices")} />}
      {prices.drafts.length === 0 && isSent && <p className="form-problem" role="alert">{t("editor.needs_price")}</p>}
      {prices.drafts.map((draft, index) => <PriceForm key={draft.key} draft={draft} index={index} prices={prices} refused={refusedIn(refused, index)} />)}
      <div><button type="button" className="button" onClick={() => prices.add(prices.models.includes("flat") && prices.drafts.length === 0 ? "flat" : (prices.models.find((model) => model === "graduated") ?? prices.models[0] ?? "flat"))}><Icon name="plus" /> {t("editor.add_price")}</button></div>
    </div>
  );
}

const isRare = ({ pointer, required }: Form["fields"][number]) => pointer.startsWith("/modifiers/") || (!required && ["/rounding", "/tax_class", "/proration"].includes(pointer));

function PriceForm({ draft: { key, model, form, unit, units, setUnit, isQuantity }, index, prices, refused }: { draft: PriceDraft; index: number; prices: PriceDrafts; refused: ReadonlyMap<string, string> }) {
  const { t, locale } = useI18n();
  const label = useLabel();
  const unitFor = (field: FormField) => (unit && isQuantity(field) ? unitName(locale, unit) : undefined);
  const part = (wanted: boolean): Form => ({ ...form, fields: form.fields.filter((field) => isRare(field) === wanted) });
  const rare = part(true);
  const hasRare = rare.fields.some(({ pointer, initial }) => (form.values.get(pointer) ?? "") !== (initial ?? "") || [...refused.keys(), ...form.faults.keys()].some((at) => at.startsWith(pointer)));
  return (
    <fieldset className="price-form">
      <legend>{t("editor.price_n", { n: index + 1 })}</legend>
      <div className="price-head">
        <label className="grow form-field">
          <span>{t("editor.model")}</span>
          <select className="field" value={model} onChange={(event) => prices.setModel(key, event.target.value)}>
            {prices.models.map((known) => <option key={known} value={known}>{label(`price_form.model_${known}`, known.replaceAll("_", " "))}</option>)}
          </select>
        </label>
        {unit && units.length > 1 && form.fields.some(isQuantity) && (
          <label className="form-field">
            <span>{t("editor.unit")}</span>
            <select className="field" value={unit.name} onChange={(event) => setUnit(event.target.value)}>
              {units.map(({ unit: one, canSay }) => <option key={one.name} value={one.name} disabled={!canSay}>{unitName(locale, one)}</option>)}
            </select>
          </label>
        )}
        <button type="button" className="button quiet icon" aria-label={t("editor.remove_price", { n: index + 1 })} onClick={() => prices.remove(key)}><Icon name="close" /></button>
      </div>
      {refused.get("") && <p className="form-problem small" role="alert">{refused.get("")}</p>}
      <FormFields form={part(false)} words="price_form" refused={refused} unitOf={unitFor} />
      {unit && isForSingleUnits(model, form.values) && <p className="small muted">{t("editor.single_unit", { unit: unitName(locale, unitsOf(String(form.values.get("/meter")))[0]!) })}</p>}
      {rare.fields.length > 0 && (
        <details open={hasRare || undefined}>
          <summary>{t("editor.more")}</summary>
          <FormFields form={rare} words="price_form" refused={refused} unitOf={unitFor} />
        </details>
      )}
    </fieldset>
  );
}
