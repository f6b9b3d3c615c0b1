import { expect, test } from "vitest";
import { currenciesOf, pivot, seriesOf } from "./table";

const places = ["2026-09-01", "2026-10-01"];

test("a date without a row is nothing, two rows of a date stand together, and each column is a series", () => {
  const rows = [{ group: "2026-10-01", records: 3, meter: "a" }, { group: "2026-10-01", records: 4, meter: "b" }];
  expect(seriesOf(rows, places, [{ column: "records", name: "Records" }])).toEqual([{ name: "Records", values: ["0", "7"] }]);
  expect(seriesOf([], places, [{ column: "dso", name: "DSO" }], { none: null })).toEqual([{ name: "DSO", values: [null, null] }]);
});

test("kinds are series, the greatest first, and what is over so many stands together", () => {
  const rows = [["a", "2026-09-01", 1], ["b", "2026-09-01", 5], ["c", "2026-10-01", 2], ["b", "2026-10-01", 1]].map(([type, group, events]) => ({ type, group, events }));
  expect(pivot(rows, places, "type", "events", 1)).toEqual([{ kind: "b", values: ["5", "1"] }, { kind: "", values: ["1", "2"] }]);
});

test("currencies are told apart, and what has none is none", () => {
  expect(currenciesOf([{ currency: "USD" }, { currency: null }, { currency: "EUR" }, { currency: "USD" }])).toEqual(["EUR", "USD"]);
});
