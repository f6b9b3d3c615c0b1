/**
 * The languages that the console speaks; the words of each are loaded when it is chosen (words.ts).
 *
 * `en-XB` is a pseudo-language made from English: right to left, with longer words. It finds a layout that only
 * works from left to right and a text that is not in the catalogue. It is not offered in the menu.
 */
export interface Language {
  tag: string;
  /** The name that its readers call it. */
  name: string;
  /** The locale of its numbers and dates, unless the browser names another region of the language. */
  locale: string;
  direction: "ltr" | "rtl";
  /** The folder of its words. */
  source: "en" | "fr" | "de" | "es";
}

export const languages: readonly Language[] = [
  { tag: "en", name: "English", locale: "en-GB", direction: "ltr", source: "en" },
  { tag: "fr", name: "Français", locale: "fr-FR", direction: "ltr", source: "fr" },
  { tag: "de", name: "Deutsch", locale: "de-DE", direction: "ltr", source: "de" },
  { tag: "es", name: "Español", locale: "es-ES", direction: "ltr", source: "es" },
  { tag: "en-XB", name: "Pseudo", locale: "en-GB", direction: "rtl", source: "en" },
];

export const offered = languages.filter(({ tag }) => tag !== "en-XB");

/**
 * The reader's choice, else the first of the browser's languages that we speak, else English. Numbers and dates are
 * those of the region that the browser names for it: a browser of `es-MX` reads 1,234.50, one of `es-ES` 1234,50.
 */
export function pickLanguage(choice: string | null, browser: readonly string[]): Language {
  const english = languages[0]!;
  const exact = languages.find(({ tag }) => tag === choice);
  const wished = browser.map((tag) => offered.find((language) => tag.split("-")[0] === language.tag));
  const language = exact ?? wished.find((one) => one !== undefined) ?? english;
  return { ...language, locale: browser.find((tag) => isRegionOf(language, tag)) ?? language.locale };
}

function isRegionOf(language: Language, tag: string): boolean {
  const isRegion = new RegExp(`^${language.tag}-([A-Z]{2}|\\d{3})$`).test(tag);
  return isRegion && Intl.NumberFormat.supportedLocalesOf(tag).length > 0;
}
