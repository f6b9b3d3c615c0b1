import { expect, test } from "vitest";
import { chosenZone, formatDate, formatInstant, formatInstantFully, formatPeriod, utcOf } from "./time";

test("a billing date is the same day in every time zone", () => {
  expect(formatDate("en-GB", "2026-11-30")).toBe("30 Nov 2026");
  expect(formatDate("de-DE", "2026-01-01")).toBe("1. Jan. 2026");
});

test("a period shows its last day, not the first day after it", () => {
  expect(formatPeriod("en-GB", { start: "2026-11-01", end: "2026-12-01" })).toMatch(/^1.–.30 Nov 2026$/);
  expect(formatPeriod("en-GB", { start: "2026-12-15", end: "2027-01-15" })).toMatch(/^15 Dec 2026.–.14 Jan 2027$/);
  expect(formatPeriod("en-GB", { start: "2026-11-05", end: "2026-11-06" })).toBe("5 Nov 2026");
});

test("an instant is shown by the account's clock, which is named, so the first minute of August is not in July", () => {
  expect(formatInstant("en-GB", "Europe/Paris", "2026-07-31T22:00:00Z")).toBe("1 Aug 2026, 00:00 CEST");
  expect(formatInstant("en-GB", "Europe/Paris", "2026-07-31T22:00:00Z", { named: false, seconds: true })).toBe("1 Aug 2026, 00:00:00");
  expect(formatInstant("en-GB", "UTC", "2026-11-23T01:05:00Z")).toBe("23 Nov 2026, 01:05 UTC");
});

test("the full form tells the moment by each clock once, with offset and name", () => {
  expect(formatInstantFully("en-GB", "2026-07-31T22:00:00Z", ["Asia/Kolkata", "UTC", "UTC"]).split("\n")).toEqual([
    "Sat, 1 Aug 2026, 03:30:00 GMT+05:30 (Asia/Kolkata)",
    "Fri, 31 Jul 2026, 22:00:00 GMT+00:00 (UTC)",
  ]);
});

test("the reader's choice of a clock falls back to UTC where no account is concerned", () => {
  expect([chosenZone("account", "Europe/Paris"), chosenZone("account", null), chosenZone("utc", "Europe/Paris")]).toEqual(["Europe/Paris", "UTC", "UTC"]);
  expect(chosenZone("browser", "Asia/Tokyo")).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone);
});

test("a time is read by the clock of its zone, on the days around a change of the clock too", () => {
  expect(utcOf("Europe/Paris", "2026-07-01T00:30")).toBe("2026-06-30T22:30");
  expect(utcOf("Europe/Paris", "2026-12-01T00:30")).toBe("2026-11-30T23:30");
  expect(utcOf("Europe/Paris", "2026-03-29T01:59")).toBe("2026-03-29T00:59");
  expect(utcOf("Europe/Paris", "2026-03-29T03:00")).toBe("2026-03-29T01:00");
  expect(utcOf("Asia/Kathmandu", "2026-03-29T03:00")).toBe("2026-03-28T21:15");
  expect(utcOf("UTC", "")).toBe("");
});

test.each([
  // locale   a date          a period                      a moment in Paris
  ["en-US", "Nov 5, 2026",  "Nov 1–30, 2026",       "Aug 1, 2026, 12:00 AM GMT+2"],
  ["en-GB", "5 Nov 2026",   "1–30 Nov 2026",        "1 Aug 2026, 00:00 CEST"],
  ["de-DE", "5. Nov. 2026", "1.–30. Nov. 2026",     "1. Aug. 2026, 00:00 MESZ"],
  ["fr-FR", "5 nov. 2026",  "1–30 nov. 2026",       "1 août 2026, 00:00 UTC+2"],
  ["es-ES", "5 nov 2026",   "1–30 nov 2026",        "1 ago 2026, 00:00 CEST"],
  ["es-MX", "5 nov 2026",   "1–30 de nov de 2026",  "1 ago 2026, 12:00 a.m. GMT+2"],
])("in %s a date, a period and a moment are written as people there write them", (locale, date, period, moment) => {
  const plain = (text: string) => text.replace(/[\u2009\u202f\u00a0]/g, " ").replace(/ – /g, "–");
  expect(plain(formatDate(locale, "2026-11-05"))).toBe(date);
  expect(plain(formatPeriod(locale, { start: "2026-11-01", end: "2026-12-01" }))).toBe(period);
  expect(plain(formatInstant(locale, "Europe/Paris", "2026-07-31T22:00:00Z"))).toBe(moment);
});
