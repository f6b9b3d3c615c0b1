import { expect, test } from "vitest";
import { bucketOf, columnsOf } from "./volume";

const item = (start: string, state: string, records: number) => ({ start, state, records });

test("every day has its column, one without usage too, and states that mean the same to the bill are one series", () => {
  const items = [item("2026-11-01T00:00:00Z", "billed", 5), item("2026-11-01T00:00:00Z", "late_settled", 2), item("2026-11-03T00:00:00Z", "quarantined", 1)];
  const shown = columnsOf({ bucket: "day", by: "state", kept_since: null, items, as_of: "2026-11-23T10:00:00Z" }, { from: "2026-11-01T00:00:00Z", to: "2026-11-04T00:00:00Z" });
  expect(shown.starts).toEqual(["2026-11-01T00:00:00.000Z", "2026-11-02T00:00:00.000Z", "2026-11-03T00:00:00.000Z"]);
  expect(shown.series).toEqual([["billed", ["7", "0", "0"]], ["parked", ["0", "0", "1"]]]);
});

test("without days asked for it is the month up to now, as the API counts it", () => {
  const { starts } = columnsOf({ bucket: "day", by: "state", kept_since: null, items: [], as_of: "2026-11-23T10:00:00Z" }, {});
  expect([starts.length, starts[0], starts.at(-1)]).toEqual([30, "2026-10-25T00:00:00.000Z", "2026-11-23T00:00:00.000Z"]);
});

test("two days or less are shown by the hour", () => {
  expect(bucketOf({ from: "2026-11-01T00:00:00Z", to: "2026-11-03T00:00:00Z" })).toBe("hour");
  expect(bucketOf({ from: "2026-11-01T00:00:00Z", to: "2026-11-04T00:00:00Z" })).toBe("day");
  expect(bucketOf({ from: "2026-11-01T00:00:00Z" })).toBe("day");
});

test("nothing measured has no series, so that the chart says so", () => {
  expect(columnsOf({ bucket: "day", by: "state", kept_since: null, items: [], as_of: "2026-11-23T10:00:00Z" }, {}).series).toEqual([]);
});
