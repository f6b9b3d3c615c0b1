/**
 * What a unit costs, in words: "€0.05 per started 1 GB", "€29.90", "free".
 *
 *     <UnitPrice price="0.0500" currency="EUR" size="1000000000" meter="data.octets" />
 */
import { isZero } from "../lib/decimal";
import { useI18n } from "../lib/i18n";
import { formatMoney, formatQuantity } from "../lib/money";

interface Props {
  price: string;
  currency: string;
  /** The price is for each started block of so many units; without it, for one. */
  size?: string | null | undefined;
  meter: string | null;
}

export function UnitPrice({ price, currency, size, meter }: Props) {
  const { t, locale } = useI18n();
  if (isZero(price)) return <>{t("price.free")}</>;
  const amount = formatMoney(locale, { amount: price, currency });
  if (size) return <span className="number" dir="auto">{t("price.per", { price: amount, size: formatQuantity(locale, size, meter) })}</span>;
  return <span className="number" dir="auto">{meter ? t("price.each", { price: amount }) : amount}</span>;
}
