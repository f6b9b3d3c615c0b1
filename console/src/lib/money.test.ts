import { expect, test } from "vitest";
import { formatDecimal, formatMoney, formatPercent, formatQuantity, formatShare } from "./money";

test.each([
  // locale   amount                    currency  shown
  ["en-GB", "182430.10",              "EUR",    "€182,430.10"],
  ["de-DE", "182430.10",              "EUR",    "182.430,10\u00a0€"],
  ["fr-FR", "182430.10",              "EUR",    "182\u202f430,10\u00a0€"],
  ["en-GB", "12345678901234567890.12", "EUR",   "€12,345,678,901,234,567,890.12"],
  ["en-GB", "1200",                   "JPY",    "JP¥1,200"],
  ["en-GB", "1.234",                  "KWD",    "KWD\u00a01.234"],
  ["en-GB", "0.0000125",              "EUR",    "€0.0000125"],
  ["en-GB", "-12.40",                 "EUR",    "\u2212€12.40"],
  ["en-US", "-1234.5",                "USD",    "\u2212$1,234.50"],
  ["en-US", "1234567",                "JPY",    "¥1,234,567"],
  ["en-US", "1234.567",               "KWD",    "KWD\u00a01,234.567"],
  ["de-DE", "-1234.5",                "EUR",    "\u22121.234,50\u00a0€"],
  ["de-DE", "1234567",                "JPY",    "1.234.567\u00a0¥"],
  ["de-DE", "1234.567",               "KWD",    "1.234,567\u00a0KWD"],
  ["fr-FR", "-1234.5",                "EUR",    "\u22121\u202f234,50\u00a0€"],
  ["fr-FR", "1234567",                "JPY",    "1\u202f234\u202f567\u00a0JPY"],
  ["fr-FR", "1234.567",               "KWD",    "1\u202f234,567\u00a0KWD"],
  ["es-ES", "-1234.5",                "EUR",    "\u22121234,50\u00a0€"],
  ["es-ES", "182430.10",              "EUR",    "182.430,10\u00a0€"],
  ["es-ES", "1234567",                "JPY",    "1.234.567\u00a0JPY"],
  ["es-ES", "1234.567",               "KWD",    "1234,567\u00a0KWD"],
  ["es-MX", "-1234.5",                "EUR",    "\u2212EUR\u00a01,234.50"],
])("in %s the amount %s %s is written %s... exactly", (locale, amount, currency, shown) => {
  expect(formatMoney(locale, { amount, currency })).toBe(shown);
});

test("a currency that nobody knows is shown as it came", () => {
  expect(formatMoney("en-GB", { amount: "12.40", currency: "??" })).toBe("12.40 ??");
});

test("octets are shown by thousands, seconds as a clock, anything else as it is", () => {
  expect(formatQuantity("en-GB", "1288490188", "data.octets")).toBe("1.29 GB");
  expect(formatQuantity("en-GB", "999", "data.octets")).toBe("999 byte");
  expect(formatQuantity("en-GB", "3725", "voice.seconds")).toBe("1:02:05");
  expect(formatQuantity("en-GB", "1234.5", "sms")).toBe("1,234.5");
  expect(formatQuantity("en-GB", "2", null)).toBe("2");
});

test("a share carries its sign, and none when it is nothing", () => {
  expect(formatShare("en-GB", 73n)).toBe("+7.3%");
  expect(formatShare("en-GB", -73n)).toBe("\u22127.3%");
  expect(formatShare("en-GB", 0n)).toBe("0%");
  expect(formatShare("es-ES", -73n)).toBe("\u22127,3\u00a0%");
});

test("what is below zero has one minus, and the digits of its language", () => {
  expect(formatPercent("de-DE", -452n)).toBe("\u221245,2\u00a0%");
  expect(formatDecimal("es-ES", "-12345.6")).toBe("\u221212.345,6");
  expect(formatQuantity("fr-FR", "-1288490188", "data.octets")).toBe("\u22121,29\u202fGo");
  expect(formatQuantity("en-GB", "-3725", "voice.seconds")).toBe("\u22121:02:05");
});
