import { expect, test } from "vitest";
import { daysOf, monthsOf } from "./calendar";

test("a month is laid out in weeks from Monday, without days of its neighbours", () => {
  const june = daysOf("2026-06-01");
  expect(june[0]).toEqual(["2026-06-01", "2026-06-02", "2026-06-03", "2026-06-04", "2026-06-05", "2026-06-06", "2026-06-07"]);
  const leap = daysOf("2028-02-01");
  expect(leap[0]).toEqual([null, "2028-02-01", "2028-02-02", "2028-02-03", "2028-02-04", "2028-02-05", "2028-02-06"]);
  expect(leap.at(-1)).toEqual(["2028-02-28", "2028-02-29", null, null, null, null, null]);
});

test("the months shown are those in which a period begins, three at most", () => {
  const periods = ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"].map((start) => ({ start, end: start }));
  expect(monthsOf(periods)).toEqual(["2026-01-01", "2026-02-01", "2026-03-01"]);
});
