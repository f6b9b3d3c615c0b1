/**
 * Writes money and quantities in the reader's way, exactly.
 *
 *     formatMoney("en-GB", { amount: "182430.10", currency: "EUR" })   // "€182,430.10"
 *     formatQuantity("en-GB", "1288490188", "data.octets")             // "1.29 GB"
 *
 * `Intl` takes decimal strings without rounding them to a float, so an amount is never parsed. Digits beyond the
 * currency's own are kept, not rounded away. The sign is a true minus (U+2212), which a screen reader speaks.
 */
import { decimal, scaled } from "./decimal";
import { numberFormat } from "./intl";

export interface MoneyValue {
  amount: string;
  currency: string;
}

export function formatMoney(locale: string, { amount, currency }: MoneyValue): string {
  try {
    const usual = numberFormat(locale, { style: "currency", currency });
    const digits = Math.max(usual.resolvedOptions().maximumFractionDigits ?? 2, decimal(amount).scale);
    const exact = numberFormat(locale, { style: "currency", currency, maximumFractionDigits: digits });
    return minus(exact.format(amount as `${number}`));
  } catch {
    // A currency code or amount that Intl refuses is shown as it came: better odd than absent.
    return minus(`${amount} ${currency}`);
  }
}

/** In the currency's own digits, ties away from zero: what a step of a price comes to, not what is billed. */
export function formatMoneyRounded(locale: string, { amount, currency }: MoneyValue): string {
  try {
    return minus(numberFormat(locale, { style: "currency", currency }).format(amount as `${number}`));
  } catch {
    return minus(`${amount} ${currency}`);
  }
}

/** For the axis of a chart, where there is little room: €1.5K. No figure is read from it. */
export function formatShort(locale: string, text: string, currency: string | null): string {
  const short = { notation: "compact", maximumSignificantDigits: 4 } as const;
  try {
    return minus(numberFormat(locale, currency ? { ...short, style: "currency", currency } : short).format(text as `${number}`));
  } catch {
    return minus(text);
  }
}

/** Whether rounding to the currency's digits changes the amount. */
export function isRounded({ amount, currency }: MoneyValue): boolean {
  const value = { amount: plain(amount), currency };
  return formatMoney("en", value) !== formatMoneyRounded("en", value);
}

/** Without zeros at the end: the API pads to nine digits, and money shows at least the currency's own anyway. */
export function plain(amount: string): string {
  return amount.includes(".") ? amount.replace(/\.?0+$/, "") : amount;
}

export function formatDecimal(locale: string, text: string): string {
  const digits = decimal(text).scale;
  const format = numberFormat(locale, { minimumFractionDigits: 0, maximumFractionDigits: digits });
  return minus(format.format(text as `${number}`));
}

/** A share in thousandths as a percentage with one digit and its sign: 73n is "+7.3%". */
export function formatShare(locale: string, share: bigint): string {
  const format = numberFormat(locale, { style: "percent", maximumFractionDigits: 1, signDisplay: "exceptZero" });
  return minus(format.format(Number(share) / 1000));
}

/** A share in thousandths as a percentage without a sign: 452n is "45.2%". */
export function formatPercent(locale: string, share: bigint): string {
  return minus(numberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(Number(share) / 1000));
}

const octets = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte", "petabyte"] as const;

/** A quantity in a unit that people read: octets by thousands, seconds as h:mm:ss, else the number itself. */
export function formatQuantity(locale: string, quantity: string, meter: string | null): string {
  if (meter?.endsWith(".octets")) return formatOctets(locale, quantity);
  if (meter?.endsWith(".seconds") && decimal(quantity).scale === 0) return formatSeconds(locale, quantity);
  return formatDecimal(locale, quantity);
}

function formatOctets(locale: string, quantity: string): string {
  const whole = decimal(scaled(quantity, 1n, 0)).units;
  const digits = (whole < 0n ? -whole : whole).toString().length;
  const step = Math.min(Math.floor((digits - 1) / 3), octets.length - 1);
  const value = scaled(quantity, 1000n ** BigInt(step), step === 0 ? 0 : 2);
  const format = numberFormat(locale, { style: "unit", unit: octets[step] ?? "byte", unitDisplay: "short", maximumFractionDigits: 2 });
  return minus(format.format(value as `${number}`));
}

function formatSeconds(locale: string, quantity: string): string {
  const { units } = decimal(quantity);
  const all = units < 0n ? -units : units;
  const two = (value: bigint) => value.toString().padStart(2, "0");
  const hours = numberFormat(locale).format(all / 3600n);
  return `${units < 0n ? "\u2212" : ""}${hours}:${two((all / 60n) % 60n)}:${two(all % 60n)}`;
}

function minus(text: string): string {
  return text.replace("-", "\u2212");
}
