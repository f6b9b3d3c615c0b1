import { expect, test } from "vitest";
import { differences } from "../../../scripts/catalogues";
import english from "./en";
import french from "./fr";
import { pickLanguage } from "./languages";
import { pseudo } from "./pseudo";
import { translate } from "./translate";

test("a count chooses its plural by the language's own rule", () => {
  expect(translate(english, "en-GB", "invoices.count", { count: 1 })).toBe("1 invoice");
  expect(translate(english, "en-GB", "invoices.count", { count: 0 })).toBe("0 invoices");
  expect(translate(french, "fr-FR", "invoices.count", { count: 0 })).toBe("0 facture");
  expect(translate(english, "en-GB", "invoices.count", { count: 1284 })).toBe("1,284 invoices");
});

test("a hole without a value stays visible", () => {
  expect(translate(english, "en-GB", "copy.label")).toBe("Copy {text}");
});

test("the reader's choice comes first, then the browser's languages, then English", () => {
  expect(pickLanguage("de", ["fr-FR"]).tag).toBe("de");
  expect(pickLanguage(null, ["pl", "fr-CA", "de"]).tag).toBe("fr");
  expect(pickLanguage("xx", ["pl"]).tag).toBe("en");
});

test("the pseudo-language keeps its holes and runs from right to left", () => {
  expect(translate(pseudo(english), "en-GB", "copy.label", { text: "INV-1" })).toBe("\u200FCöpý INV-1~~~~\u200F");
  expect(pickLanguage("en-XB", []).direction).toBe("rtl");
});

test("every language has the same labels, with the same holes, in the file of the same room", () => {
  expect(differences()).toEqual([]);
});
