import { expect, test } from "vitest";
import { differences, foreign, missing, unused } from "../../../scripts/catalogues";
import english from "./en";
import french from "./fr/invoicing.json";
import spanish from "./es/invoicing.json";
import { pickLanguage } from "./languages";
import { pseudo } from "./pseudo";
import { translate } from "./translate";
import { speak, withWords } from "./words";

test("a count chooses its plural by the language's own rule", () => {
  expect(translate(english, "en-GB", "invoices.count", { count: 1 })).toBe("1 invoice");
  expect(translate(english, "en-GB", "invoices.count", { count: 0 })).toBe("0 invoices");
  expect(translate(french, "fr-FR", "invoices.count", { count: 0 })).toBe("0 facture");
  expect(translate(english, "en-GB", "invoices.count", { count: 1284 })).toBe("1,284 invoices");
  expect(translate(spanish, "es-ES", "invoices.count", { count: 2 })).toBe("2 facturas");
  expect(translate(spanish, "es-ES", "invoices.count", { count: 1_000_000 })).toBe("1.000.000 de facturas");
});

test("a hole without a value stays visible", () => {
  expect(translate(english, "en-GB", "copy.label")).toBe("Copy {text}");
});

test("the reader's choice comes first, then the browser's languages, then English", () => {
  expect(pickLanguage("de", ["fr-FR"]).tag).toBe("de");
  expect(pickLanguage(null, ["pl", "fr-CA", "de"]).tag).toBe("fr");
  expect(pickLanguage("xx", ["pl"]).tag).toBe("en");
});

test("numbers and dates are those of the region that the browser names for the language", () => {
  const locale = (choice: string | null, ...browser: string[]) => pickLanguage(choice, browser).locale;
  expect(locale(null, "en-US", "en")).toBe("en-US");
  expect(locale("es", "en-US", "es-MX")).toBe("es-MX");
  expect(locale("es", "es-419", "en-US")).toBe("es-419");
  expect(locale("de", "en-US")).toBe("de-DE");
  expect(locale(null, "es")).toBe("es-ES");
  expect(locale(null, "en-XX-oed", "en")).toBe("en-GB");
});

test("the pseudo-language keeps its holes and runs from right to left", () => {
  expect(translate(pseudo(english), "en-GB", "copy.label", { text: "INV-1" })).toBe("\u200FCöpý \u2068INV-1\u2069~~~~\u200F");
  expect(pickLanguage("en-XB", []).direction).toBe("rtl");
});

test("every language has the same labels, with the same holes, in the file of the same room", () => {
  expect(differences()).toEqual([]);
});

test("every label is said somewhere, and every key put together from data finds one", () => {
  expect(unused()).toEqual([]);
  expect(missing()).toEqual([]);
});

test("a page says only words of the rooms it names, of the shell and of the kits", () => {
  expect(foreign()).toEqual([]);
});

test("a page's words are there in each language spoken, and a language chosen later gets them too", async () => {
  const [german, french] = ["de", "fr"].map((tag) => pickLanguage(tag, []));
  const words = await speak(german!);
  expect(words["invoices.title"]).toBeUndefined();
  await withWords(["invoicing"], () => Promise.resolve("page"))();
  expect(words["invoices.title"]).toBe("Rechnungen");
  expect((await speak(french!))["invoices.title"]).toBe("Factures");
});

test("a label whose room is not there is shown by its key", () => {
  expect(translate({}, "en-GB", "invoices.title")).toBe("invoices.title");
});
