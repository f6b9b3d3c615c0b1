import { expect, test } from "vitest";
import { examples } from "./pattern";

test.each([
  ["INV-{n:06}", ["INV-000001", "INV-000002"]],
  ["{year}/{n}", ["2026/1", "2026/2"]],
  ["{year}{month}-{n:012}", ["202611-000000000001", "202611-000000000002"]],
  ["{year}.{year}-{n:02}", ["2026.2026-01", "2026.2026-02"]],
])("the first numbers of %s", (pattern, expected) => {
  expect(examples(pattern, "2026-11-29")).toEqual(expected);
});

test.each(["", "INV", "INV-{n}-{n}", "INV {n}", "{n:6}", "{n:013}", "{day}-{n}", "Ä{n}", `${"x".repeat(40)}{n}`])("%j is no pattern", (pattern) => {
  expect(examples(pattern, "2026-11-29")).toBeNull();
});
