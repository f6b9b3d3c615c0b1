/** What the figures are of: which days, in which currency, beside what came before, and how revenue is split. */
import { useI18n, type Key } from "../../../lib/i18n";
import { DateField } from "../../../ui/DateField";
import { presets, type Preset } from "./range";
import { splits, type Asked } from "./useAsked";

const names: Readonly<Record<Preset, Key>> = {
  month: "analytics.range_month", last_month: "analytics.range_last_month", months_3: "analytics.range_months_3", months_12: "analytics.range_months_12", year: "analytics.range_year",
};

export function AskBar({ asked, currencies, currency }: { asked: Asked; currencies: readonly string[]; currency: string | null }) {
  const { t } = useI18n();
  const { range, preset, compares, split, set } = asked;
  return (
    <div className="row wrap ask-bar no-print" role="group" aria-label={t("analytics.asked")}>
      <label className="row"><span className="small muted">{t("analytics.range")}</span>
        <select className="field" value={preset ?? "own"} onChange={(event) => set({ range: event.target.value === "own" ? null : event.target.value, ...(event.target.value === "own" ? range : { from: null, to: null }) })}>
          {presets.map((one) => <option key={one} value={one}>{t(names[one])}</option>)}
          <option value="own">{t("analytics.range_own")}</option>
        </select>
      </label>
      <DateField label={t("analytics.from")} value={range.from} max={range.to} onChange={(from) => from && set({ range: null, from, to: range.to })} />
      <DateField label={t("analytics.to")} value={range.to} min={range.from} onChange={(to) => to && set({ range: null, from: range.from, to })} />
      {currencies.length > 1 && (
        <label className="row"><span className="small muted">{t("analytics.currency")}</span>
          <select className="field" value={currency ?? ""} onChange={(event) => set({ currency: event.target.value })}>{currencies.map((one) => <option key={one}>{one}</option>)}</select>
        </label>
      )}
      <label className="row"><span className="small muted">{t("analytics.split")}</span>
        <select className="field" value={split} onChange={(event) => set({ split: event.target.value === "kind" ? null : event.target.value })}>{splits.map((one) => <option key={one} value={one}>{t(`analytics.split_${one}`)}</option>)}</select>
      </label>
      <label className="row"><input type="checkbox" checked={compares} onChange={(event) => set({ compare: event.target.checked ? null : "no" })} /> {t("analytics.compare")}</label>
    </div>
  );
}
