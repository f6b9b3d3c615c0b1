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
  /** The locale of its numbers and dates. */
  locale: string;
  direction: "ltr" | "rtl";
  /** The folder of its words. */
  source: "en" | "fr" | "de";
}

export const languages: readonly Language[] = [
  { tag: "en", name: "English", locale: "en-GB", direction: "ltr", source: "en" },
  { tag: "fr", name: "Français", locale: "fr-FR", direction: "ltr", source: "fr" },
  { tag: "de", name: "Deutsch", locale: "de-DE", direction: "ltr", source: "de" },
  { tag: "en-XB", name: "Pseudo", locale: "en-GB", direction: "rtl", source: "en" },
];

export const offered = languages.filter(({ tag }) => tag !== "en-XB");

/** The reader's choice, else the first of the browser's languages that we speak, else English. */
export function pickLanguage(choice: string | null, browser: readonly string[]): Language {
  const english = languages[0]!;
  const exact = languages.find(({ tag }) => tag === choice);
  const wished = browser.map((tag) => offered.find((language) => tag.split("-")[0] === language.tag));
  return exact ?? wished.find((language) => language !== undefined) ?? english;
}
