import { expect, test } from "vitest";
import { momentsOf } from "./moments";

test("the last day of a filter is in it, over the end of a year too", () => {
  expect(momentsOf({ from: "2026-12-31", to: "2026-12-31", page: 1 })).toEqual({ from: "2026-12-31T00:00:00Z", to: "2027-01-01T00:00:00Z", page: 1 });
});

test("what asks for no time is left as it is", () => {
  expect(momentsOf({ source: "olt-7" })).toEqual({ source: "olt-7" });
});
