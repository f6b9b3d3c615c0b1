import { expect, test } from "vitest";
import { lateness_days } from "./late";

test("a record is late from a whole day on; one that is ahead of time or without one is not", () => {
  expect(lateness_days("2026-11-20T00:00:00Z", "2026-11-23T12:00:00Z")).toBe(3);
  expect(lateness_days("2026-11-23T00:00:01Z", "2026-11-24T00:00:00Z")).toBe(0);
  expect(lateness_days("2026-11-25T00:00:00Z", "2026-11-24T00:00:00Z")).toBe(0);
  expect(lateness_days(null, "2026-11-24T00:00:00Z")).toBe(0);
});
