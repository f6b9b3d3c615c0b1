/** A rate in percent, as it is written there: "7.53 %". */
import { useI18n } from "../../../lib/i18n";
import { formatDecimal, plain } from "../../../lib/money";

export function PercentText({ value }: { value: string }) {
  const { locale } = useI18n();
  return <span className="number nowrap" dir="ltr">{`${formatDecimal(locale, plain(value))}\u00a0%`}</span>;
}
