import { expect, test } from "vitest";
import { before, bucketOf, placesOf, rangeOf, stretchOf } from "./range";

const today = "2026-11-23";

test.each([
  [{}, "2025-12-01", "2026-11-23"],
  [{ preset: "month" }, "2026-11-01", "2026-11-23"],
  [{ preset: "last_month" }, "2026-10-01", "2026-10-31"],
  [{ preset: "months_3" }, "2026-09-01", "2026-11-23"],
  [{ preset: "year" }, "2026-01-01", "2026-11-23"],
  [{ preset: "month", from: "2026-02-03", to: "2026-02-05" }, "2026-02-03", "2026-02-05"],
  [{ from: "2026-02-05", to: "2026-02-03" }, "2025-12-01", "2026-11-23"],
  [{ from: "2026-02-30", to: "2026-03-03" }, "2025-12-01", "2026-11-23"],
  [{ from: "1970-01-01", to: "2026-03-03" }, "2025-12-01", "2026-11-23"],
])("%j is from %s to %s", (asked, from, to) => {
  expect(rangeOf(asked, today)).toEqual({ from, to });
});

test.each([
  [{ from: "2026-09-01", to: "2026-11-23" }, { from: "2026-06-01", to: "2026-08-31" }],
  [{ from: "2026-01-01", to: "2026-01-31" }, { from: "2025-12-01", to: "2025-12-31" }],
  [{ from: "2026-03-10", to: "2026-03-12" }, { from: "2026-03-07", to: "2026-03-09" }],
])("before %j stands as long a stretch", (range, expected) => {
  expect(before(range)).toEqual(expected);
});

test("a long stretch has months on its axis, a short one days, the first and the last among them", () => {
  const long = { from: "2026-08-15", to: "2026-11-01" };
  expect([bucketOf(long), placesOf(long, "month")]).toEqual(["month", ["2026-08-01", "2026-09-01", "2026-10-01", "2026-11-01"]]);
  const short = { from: "2026-02-27", to: "2026-03-01" };
  expect([bucketOf(short), placesOf(short, "day")]).toEqual(["day", ["2026-02-27", "2026-02-28", "2026-03-01"]]);
});

test("what is drawn over stays within what is shown", () => {
  const range = { from: "2026-08-15", to: "2026-11-03" };
  const places = placesOf(range, "month");
  expect(stretchOf(places, "month", range, 0, 1)).toEqual({ from: "2026-08-15", to: "2026-09-30" });
  expect(stretchOf(places, "month", range, 3, 3)).toEqual({ from: "2026-11-01", to: "2026-11-03" });
});
