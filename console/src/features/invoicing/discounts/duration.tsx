/** How long a discount lasts, where it is neither once nor for ever: so many periods, or until a day. */
import { useState } from "react";
import { useI18n } from "../../../lib/i18n";
import "../../../ui/form/form.css";

export interface Lasts {
  periods: string;
  until: string;
}

export function useLasts() {
  return useState<Lasts>({ periods: "", until: "" });
}

/** The body with the duration that was written; what was chosen holds where nothing was. */
export function withDuration(body: Record<string, unknown>, { periods, until }: Lasts): Record<string, unknown> {
  if (periods !== "") return { ...body, duration: { periods: Number(periods) } };
  return until === "" ? body : { ...body, duration: { until } };
}

export function LastsFields({ value, onChange }: { value: Lasts; onChange: (value: Lasts) => void }) {
  const { t } = useI18n();
  return (
    <div className="stack">
      <label className="form-field"><span>{t("discount_form.periods")}</span><input className="field" type="number" min={1} max={1200} step={1} value={value.periods} onChange={({ target }) => onChange({ ...value, periods: target.value })} /></label>
      <label className="form-field"><span>{t("discount_form.until")}</span><input className="field" type="date" value={value.until} onChange={({ target }) => onChange({ ...value, until: target.value })} /></label>
      <p className="small form-note">{t("discount_form.lasts_note")}</p>
    </div>
  );
}
