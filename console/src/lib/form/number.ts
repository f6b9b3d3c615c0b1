/**
 * A number as people write it, and the exact decimal string that it is.
 *
 *     readDecimal("1.234,56")          // "1234.56", in every language: two marks can be told apart
 *     readDecimal("1,234", "de-DE")    // "1.234": the comma is the decimal mark there
 *     readDecimal("1,234", "en-GB")    // null: a thousand, or a bit more than one? Nobody is billed by a guess
 *     written("12.5", "es-ES")         // "12,5": what a form begins with
 *
 * All that a form holds is in the reader's way; what goes over the wire is made of it at the end.
 */
import { pickLanguage } from "../i18n/languages";
import { numberFormat } from "../intl";
import { preference } from "../preferences";

/** The locale of who sits here. */
export function readerLocale(): string {
  return pickLanguage(preference("language"), navigator.languages).locale;
}

const marks = new Map<string, string>();

function markOf(locale: string): string {
  const known = marks.get(locale);
  if (known !== undefined) return known;
  const found = numberFormat(locale).formatToParts(1.5).find(({ type }) => type === "decimal")?.value === "," ? "," : ".";
  marks.set(locale, found);
  return found;
}

/** Thousands apart by one mark, in twos above them where that is the custom: 1,234,567 and 12,34,567. */
const grouped = /^\d{1,3}(?<mark>[.,'\u2019 \u00a0\u2009\u202f])(?:\d{2,3}\k<mark>)*\d{3}$/;

/** With a comma or a point, with or without groups; null for what is no number or could be two of them. */
export function readDecimal(text: string, locale = readerLocale()): string | null {
  const [, sign = "", digits = ""] = /^([-\u2212]?)(.*)$/s.exec(text.trim()) ?? [];
  const read = readUnsigned(digits, markOf(locale));
  return read === null ? null : `${sign && "-"}${read}`;
}

function readUnsigned(text: string, mark: string): string | null {
  if (/^\d+$/.test(text)) return text;
  if (grouped.test(text)) {
    // One mark alone with three digits behind it: thousands, unless it is the decimal mark here or stands behind a zero.
    const [only, ...more] = text.match(/[.,]/g) ?? [];
    if (only === undefined || more.length > 0) return text.replace(/\D/g, "");
    if (!text.startsWith("0")) return only === mark ? text.replace(only, ".") : null;
  }
  const at = Math.max(text.lastIndexOf("."), text.lastIndexOf(","));
  const [whole, part] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 0 || !/^\d+$/.test(part)) return null;
  if (/^\d+$/.test(whole)) return `${whole}.${part}`;
  return grouped.test(whole) && !whole.includes(text[at]!) ? `${whole.replace(/\D/g, "")}.${part}` : null;
}

/** A decimal of the wire in the reader's way, without groups; anything else as it is. */
export function written(text: string, locale = readerLocale()): string {
  return isDecimal(text) ? text.replace(".", markOf(locale)) : text;
}

/** Whether this is a decimal string of the wire. */
export function isDecimal(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text);
}
