import { expect, test } from "vitest";
import { shareInDays } from "./share";

test.each([
  // from         to            share          days of
  ["2026-09-06", "2026-10-01", "0.833333333", { days: 25, of: 30 }],
  ["2026-08-18", "2026-09-01", "0.451612903", { days: 14, of: 31 }],
  ["2026-02-15", "2026-03-01", "0.500000000", { days: 14, of: 28 }],
  ["2026-07-01", "2026-08-15", "0.489130435", { days: 45, of: 92 }],
  ["2026-07-01", "2026-07-02", "0.002739726", { days: 1, of: 365 }],
  // 30/360 counts 16 to 31 August as 15 of 30 days, and 17 to 31 as 14
  ["2026-08-16", "2026-09-01", "0.500000000", null],
  ["2026-08-17", "2026-09-01", "0.466666667", null],
  // by the second, over the day that clocks are set back
  ["2026-10-01", "2026-10-26", "0.806711409", null],
  ["2026-08-01", "2026-09-01", "1", null],
  ["2026-08-01", "2026-09-01", "0", null],
] as const)("from %s to %s a share of %s is %j", (start, end, fraction, found) => {
  expect(shareInDays({ start, end }, fraction)).toEqual(found);
});
