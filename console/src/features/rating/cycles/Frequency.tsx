/** How often a cycle begins anew, in words: "Every month on the 31", "Every quarter from January, on the 1", "Every 28 days". */
import { useI18n } from "../../../lib/i18n";
import { dateTimeFormat } from "../../../lib/intl";
import type { Cycle, Frequency } from "./queries";

export function FrequencyText({ cycle }: { cycle: Pick<Cycle, "frequency" | "anchor_day" | "anchor_month"> }) {
  const { t, locale } = useI18n();
  const frequency = cycle.frequency as Frequency;
  const day = cycle.anchor_day;
  if (typeof frequency === "object") return <>{t("cycle.every_days", { count: frequency.days })}</>;
  if (frequency === "month") return <>{t("cycle.monthly", { day })}</>;
  if (frequency === "week") return <>{t("cycle.weekly")}</>;
  const month = cycle.anchor_month === null ? null : dateTimeFormat(locale, { month: "long", timeZone: "UTC" }).format(Date.UTC(2026, cycle.anchor_month - 1, 1));
  if (frequency === "quarter") return <>{month ? t("cycle.quarterly_from", { day, month }) : t("cycle.quarterly", { day })}</>;
  return <>{month ? t("cycle.yearly_in", { day, month }) : t("cycle.yearly", { day })}</>;
}

/** Days that not every month has: 31 is the last day of a short month, and the 31 again after it. */
export function MonthEnd({ day }: { day: number }) {
  const { t } = useI18n();
  return day > 28 ? <p className="small muted">{t("cycle.month_end", { day })}</p> : null;
}
