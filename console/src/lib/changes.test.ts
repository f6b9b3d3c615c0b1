import { expect, test } from "vitest";
import { changesBetween } from "./changes";

const eur = (amount: string) => ({ amount, currency: "EUR" });

test("only what both readings have and what differs is told, the version aside", () => {
  expect(changesBetween({ id: "a", version: 1, total: eur("1.00"), status: "draft" }, { id: "a", version: 2, total: eur("2.00"), status: "draft", lines: [] })).toEqual([{ field: "total", before: eur("1.00"), now: eur("2.00") }]);
});

test("lists and nested facts count as changed without being told", () => {
  expect(changesBetween({ lines: [1] }, { lines: [1, 2] })).toEqual([{ field: "lines", before: null, now: null }]);
});
