/**
 * Finds a label and fills it in.
 *
 *     translate(english, "en", "list.total", { count: 1284 })   // "1,284 invoices"
 *
 * A label is a text, or one text per plural category of its language, chosen by the parameter `count`.
 * `{name}` is replaced; numbers are written in the language's way. Labels are whole sentences: none is put together.
 */
import { numberFormat, pluralRules } from "../intl";
import type english from "./en";

export type Key = keyof typeof english;
export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;
export type Catalogue = Readonly<Record<Key, string | Plural>>;
export type Parameters = Readonly<Record<string, string | number>>;

/** A label whose room is not there is shown by its key: better odd than absent, and a check holds every page to its rooms. */
export function translate(catalogue: Partial<Catalogue>, locale: string, key: Key, parameters: Parameters = {}): string {
  const message = catalogue[key];
  if (message === undefined) return key;
  return fill(typeof message === "string" ? message : choose(message, locale, parameters), locale, parameters);
}

function choose(message: Plural, locale: string, parameters: Parameters): string {
  const category = pluralRules(locale).select(Number(parameters["count"] ?? 0));
  return message[category] ?? message.other;
}

function fill(text: string, locale: string, parameters: Parameters): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = parameters[name];
    if (value === undefined) return hole;
    return typeof value === "number" ? numberFormat(locale).format(value) : value;
  });
}
