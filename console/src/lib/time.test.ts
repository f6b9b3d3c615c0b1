import { expect, test } from "vitest";
import { formatDate, formatInstant, formatInstantFully, formatPeriod } from "./time";

test("a billing date is the same day in every time zone", () => {
  expect(formatDate("en-GB", "2026-11-30")).toBe("30 Nov 2026");
  expect(formatDate("de-DE", "2026-01-01")).toBe("1. Jan. 2026");
});

test("a period shows its last day, not the first day after it", () => {
  expect(formatPeriod("en-GB", { start: "2026-11-01", end: "2026-12-01" })).toMatch(/^1.–.30 Nov 2026$/);
  expect(formatPeriod("en-GB", { start: "2026-12-15", end: "2027-01-15" })).toMatch(/^15 Dec 2026.–.14 Jan 2027$/);
  expect(formatPeriod("en-GB", { start: "2026-11-05", end: "2026-11-06" })).toBe("5 Nov 2026");
});

test("an instant is shown in UTC, and in full with its offset on hover", () => {
  expect(formatInstant("en-GB", "utc", "2026-11-23T01:05:00Z")).toBe("23 Nov 2026, 01:05");
  expect(formatInstantFully("en-GB", "2026-11-23T01:05:00Z")).toContain("01:05:00 GMT");
});
