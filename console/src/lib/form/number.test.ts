import { afterEach, expect, test } from "vitest";
import { setPreference } from "../preferences";
import { readDecimal, readerLocale, written } from "./number";

afterEach(() => setPreference("language", null));

test.each([
  // written              en-GB        de-DE        fr-FR        es-ES
  ["12.40",               "12.40",     "12.40",     "12.40",     "12.40"],
  ["12,40",               "12.40",     "12.40",     "12.40",     "12.40"],
  [" 7 ",                 "7",         "7",         "7",         "7"],
  ["\u22123.5",           "-3.5",      "-3.5",      "-3.5",      "-3.5"],
  ["1,234.56",            "1234.56",   "1234.56",   "1234.56",   "1234.56"],
  ["1.234,56",            "1234.56",   "1234.56",   "1234.56",   "1234.56"],
  ["-1.234.567,89",       "-1234567.89", "-1234567.89", "-1234567.89", "-1234567.89"],
  ["12,34,567.50",        "1234567.50", "1234567.50", "1234567.50", "1234567.50"],
  ["1\u202f234,5",        "1234.5",    "1234.5",    "1234.5",    "1234.5"],
  ["1'234.50",            "1234.50",   "1234.50",   "1234.50",   "1234.50"],
  ["1 234",               "1234",      "1234",      "1234",      "1234"],
  ["1.234.567",           "1234567",   "1234567",   "1234567",   "1234567"],
  // One mark with three digits behind it is a decimal where it is the mark of decimals, and refused elsewhere.
  ["1,234",               null,        "1.234",     "1.234",     "1.234"],
  ["1.234",               "1.234",     null,        null,        null],
  // A thousand does not begin with a zero.
  ["0.125",               "0.125",     "0.125",     "0.125",     "0.125"],
  ["0,125",               "0.125",     "0.125",     "0.125",     "0.125"],
  ["1.2345",              "1.2345",    "1.2345",    "1.2345",    "1.2345"],
  ["1,23.45",             null,        null,        null,        null],
  ["1.234.56",            null,        null,        null,        null],
  ["1,234.567,89",        null,        null,        null,        null],
  ["",                    null,        null,        null,        null],
  ["abc",                 null,        null,        null,        null],
  ["1e3",                 null,        null,        null,        null],
  ["12.",                 null,        null,        null,        null],
  [".5",                  null,        null,        null,        null],
  ["--5",                 null,        null,        null,        null],
])("%j is the same number in every language, or is refused where it could be two", (text, ...expected) => {
  expect(["en-GB", "de-DE", "fr-FR", "es-ES"].map((locale) => readDecimal(text, locale))).toEqual(expected);
});

test.each(["en-US", "en-GB", "de-DE", "fr-FR", "es-ES", "es-MX"])("what a form begins with in %s is read as what it was", (locale) => {
  for (const wire of ["1.234", "-12.5", "0.0001", "1234567.890", "7", "12.125"]) expect(readDecimal(written(wire, locale), locale)).toBe(wire);
  expect(written("monthly", locale)).toBe("monthly");
});

test("the reader is who chose a language on this machine", () => {
  expect(readDecimal("1.234")).toBe("1.234");
  setPreference("language", "es");
  expect([readerLocale(), written("12.5"), readDecimal("1.234")]).toEqual(["es-ES", "12,5", null]);
});
