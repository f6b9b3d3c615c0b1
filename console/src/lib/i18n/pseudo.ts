/**
 * Makes a right-to-left pseudo-language of English: "Paid" becomes "Ƥàĩđ~" inside right-to-left marks.
 *
 * Letters get accents (a text without them is not in the catalogue) and each text grows by a third (as German does);
 * holes such as `{count}` stay, each apart from the text around it as every catalogue from right to left must have them: else
 * −1.5 is read as 1.5−.
 */
import type { Catalogue, Plural } from "./translate";

const accents: Readonly<Record<string, string>> = {
  a: "à", b: "ƀ", c: "ç", d: "đ", e: "é", g: "ğ", h: "ĥ", i: "ĩ", j: "ĵ", k: "ķ", l: "ļ", n: "ñ", o: "ö",
  r: "ŕ", s: "š", t: "ţ", u: "ü", w: "ŵ", y: "ý", z: "ž", A: "Å", E: "É", I: "Î", O: "Ö", P: "Ƥ", S: "Š", U: "Û",
};

export function pseudo(english: Partial<Catalogue>): Partial<Catalogue> {
  return Object.fromEntries(Object.entries(english).map(([key, message]) => [key, pseudoMessage(message)]));
}

function pseudoMessage(message: string | Plural): string | Plural {
  if (typeof message === "string") return pseudoText(message);
  return Object.fromEntries(Object.entries(message).map(([category, text]) => [category, pseudoText(text)])) as Plural;
}

/** Words of at most eight, as other languages have them: one of a whole line would break nowhere. */
function tail(length: number): string {
  return "~".repeat(length).replace(/~{8}(?=~)/g, "~~~~~~~~ ");
}

function pseudoText(text: string): string {
  const accented = text.replace(/\{\w+\}|[A-Za-z]/g, (part) => (part.startsWith("{") ? `\u2068${part}\u2069` : (accents[part] ?? part)));
  return `\u200F${accented}${tail(Math.ceil(text.length / 3))}\u200F`;
}
