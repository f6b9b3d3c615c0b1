/**
 * The one way to show each kind of value: money, an instant, a billing date, a period, a quantity.
 *
 *     <Money value={{ amount: "12.40", currency: "EUR" }} />   <BillingDate value="2026-11-30" />
 *
 * An absent value is a dash, with the word "none" for those who cannot see it.
 */
import { useI18n } from "../lib/i18n";
import { numberFormat } from "../lib/intl";
import { formatDecimal, formatMoney, formatQuantity, type MoneyValue } from "../lib/money";
import { formatDate, formatInstant, formatInstantFully, formatPeriod, type Period } from "../lib/time";
import { useZone } from "../lib/zone";

type Maybe<Value> = Value | null | undefined;

export function Nothing() {
  const { t } = useI18n();
  return (
    <span className="muted">
      <span aria-hidden="true">–</span>
      <span className="visually-hidden">{t("value.none")}</span>
    </span>
  );
}

export function Money({ value }: { value: Maybe<MoneyValue> }) {
  const { locale } = useI18n();
  return value ? <span className="number" dir="ltr">{formatMoney(locale, value)}</span> : <Nothing />;
}

/** `named`: false where a heading names the zone (`ZoneName`). Hovering shows the moment by every clock. */
export function Instant({ value, seconds = false, named = true }: { value: Maybe<string>; seconds?: boolean; named?: boolean }) {
  const { locale } = useI18n();
  const { zone, zones } = useZone();
  if (!value) return <Nothing />;
  return (
    <time className="number" dir="auto" dateTime={value} title={formatInstantFully(locale, value, zones)}>
      {formatInstant(locale, zone, value, { seconds, named })}
    </time>
  );
}

/** Which clock the times below are read by. */
export function ZoneName() {
  const { t } = useI18n();
  const { zone } = useZone();
  return <span className="small muted zone-name">{t("zone.times_in", { zone })}</span>;
}

export function BillingDate({ value }: { value: Maybe<string> }) {
  const { locale } = useI18n();
  return value ? <time className="number" dir="auto" dateTime={value}>{formatDate(locale, value)}</time> : <Nothing />;
}

export function PeriodText({ value }: { value: Maybe<Period> }) {
  const { locale } = useI18n();
  return value ? <span className="number" dir="auto">{formatPeriod(locale, value)}</span> : <Nothing />;
}

/** A quantity in a unit that people read; hovering shows all its digits. */
export function Quantity({ value, meter }: { value: Maybe<string>; meter: string | null }) {
  const { locale } = useI18n();
  if (!value) return <Nothing />;
  return (
    <span className="number" dir="ltr" title={`${formatDecimal(locale, value)} ${meter ?? ""}`.trim()}>
      {formatQuantity(locale, value, meter)}
    </span>
  );
}

/** How many: a whole number in the reader's way. */
export function Count({ value }: { value: Maybe<number> }) {
  const { locale } = useI18n();
  return value == null ? <Nothing /> : <span className="number" dir="auto">{numberFormat(locale).format(value)}</span>;
}
