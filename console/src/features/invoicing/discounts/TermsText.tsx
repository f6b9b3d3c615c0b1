/** What a discount takes off, how long it lasts, and which plans it is for, in words. */
import { useI18n } from "../../../lib/i18n";
import { BillingDate, Money } from "../../../ui/Value";
import type { Terms } from "./queries";

export function Taken({ terms: { discount } }: { terms: Terms }) {
  const { t } = useI18n();
  return discount.amount ? <Money value={discount.amount} /> : <span className="number" dir="auto">{t("discount.percent_off", { percent: discount.percent ?? "" })}</span>;
}

export function Lasting({ terms: { duration } }: { terms: Terms }) {
  const { t } = useI18n();
  if (typeof duration === "string") return <>{t(duration === "once" ? "discount.once" : "discount.forever")}</>;
  return "periods" in duration ? <>{t("discount.periods", { count: duration.periods })}</> : <span>{t("discount.until")} <BillingDate value={duration.until} /></span>;
}

export function Plans({ terms: { applies_to } }: { terms: Terms }) {
  const { t } = useI18n();
  return applies_to ? <span dir="ltr">{[...applies_to.plans, ...applies_to.services].join(", ")}</span> : <span className="muted">{t("discount.all_lines")}</span>;
}
