/** The prices of a version, each in its place as a form: what should have been charged. None is added or taken away. */
import { useI18n, useLabel } from "../../../lib/i18n";
import type { Form } from "../../../lib/form/useForm";
import { Card } from "../../../ui/Card";
import { FormFields } from "../../../ui/form/FormFields";
import { refusedIn, type PriceDraft, type PriceDrafts } from "../plans/editor/drafts";
import "../plans/plans.css";

export function CorrectedPrices({ prices, refused, sentences }: { prices: PriceDrafts; refused: ReadonlyMap<string, string>; sentences: readonly string[] }) {
  const { t } = useI18n();
  return (
    <Card title={t("rerating.prices")}>
      <div className="stack">
        {prices.drafts.map((draft, index) => <CorrectedPrice key={draft.key} draft={draft} n={index + 1} sentence={sentences[index]} refused={refusedIn(refused, index)} />)}
      </div>
    </Card>
  );
}

const isRare = ({ pointer, required }: Form["fields"][number]) => pointer.startsWith("/modifiers/") || (!required && ["/rounding", "/tax_class", "/proration"].includes(pointer));

function CorrectedPrice({ draft: { model, form }, n, sentence, refused }: { draft: PriceDraft; n: number; sentence: string | undefined; refused: ReadonlyMap<string, string> }) {
  const { t } = useI18n();
  const label = useLabel();
  const part = (wanted: boolean): Form => ({ ...form, fields: form.fields.filter((field) => isRare(field) === wanted) });
  const rare = part(true);
  return (
    <fieldset className="price-form">
      <legend>{t("rerating.price_n", { n })}</legend>
      <p><strong>{sentence ?? label(`price_form.model_${model}`, model)}</strong></p>
      {refused.get("") && <p className="form-problem small" role="alert">{refused.get("")}</p>}
      <FormFields form={part(false)} words="price_form" refused={refused} />
      {rare.fields.length > 0 && (
        <details>
          <summary>{t("editor.more")}</summary>
          <FormFields form={rare} words="price_form" refused={refused} />
        </details>
      )}
    </fieldset>
  );
}
