/** A figure as it is read, in what it is counted in: money, percent, days, or a plain count. */
import type { Translate } from "../../lib/i18n";
import { formatDecimal, formatMoney } from "../../lib/money";

export function kpiText(locale: string, t: Translate, value: string, { unit, currency }: { unit?: unknown; currency?: string | null | undefined }): string {
  if (unit === "percent") return `${formatDecimal(locale, value)} %`;
  if (unit === "days") return t("kpi.days", { days: formatDecimal(locale, value) });
  return currency ? formatMoney(locale, { amount: value, currency }) : formatDecimal(locale, value);
}
