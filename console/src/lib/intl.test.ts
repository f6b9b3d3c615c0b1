import { expect, test, vi } from "vitest";
import { dateTimeFormat, numberFormat, pluralRules } from "./intl";
import { formatMoney } from "./money";
import { formatInstant, formatInstantFully } from "./time";

test("a format is made once for a language and what it is to show", () => {
  expect(numberFormat("de")).toBe(numberFormat("de"));
  expect(numberFormat("de")).not.toBe(numberFormat("en"));
  expect(dateTimeFormat("en", { month: "short", timeZone: "UTC" })).toBe(dateTimeFormat("en", { month: "short", timeZone: "UTC" }));
  expect(dateTimeFormat("en", { month: "short", timeZone: "UTC" })).not.toBe(dateTimeFormat("en", { month: "short", timeZone: "Asia/Tokyo" }));
  expect(pluralRules("en")).not.toBe(numberFormat("en"));
});

test("rows of times and amounts make no format for each", () => {
  const shown = (amount: string) => [formatInstant("es", "UTC", "2026-11-23T01:05:00Z"), formatInstantFully("es", "2026-11-23T01:05:00Z", ["UTC", "Asia/Tokyo"]), formatMoney("es", { amount, currency: "EUR" })];
  shown("1.50");
  const times = vi.spyOn(Intl, "DateTimeFormat");
  const numbers = vi.spyOn(Intl, "NumberFormat");
  Array.from({ length: 50 }, (_, row) => shown(`${row}.25`));
  expect([times.mock.calls.length, numbers.mock.calls.length]).toEqual([0, 0]);
  vi.restoreAllMocks();
});
