import { expect, test } from "vitest";
import { differences, placeOf } from "./differences";

test("a changed entry tells the fields that differ, a new one all that it has", () => {
  const before = { id: "fr-vat", rate: "20", effective_to: null, includes: [], tax: "VAT" };
  const after = { id: "fr-vat", rate: "21", effective_to: "2027-01-01", includes: ["a", "b"], tax: "VAT" };
  expect(differences({ before, after })).toEqual([
    { field: "rate", was: "20", is: "21" },
    { field: "effective_to", was: null, is: "2027-01-01" },
    { field: "includes", was: null, is: "a b" },
  ]);
  expect(differences({ before: null, after: { id: "x", rate: "5", includes: [] } })).toEqual([{ field: "rate", was: null, is: "5" }]);
  expect(differences({ before, after: before })).toEqual([]);
});

test("a field that a file leaves out is told as taken away", () => {
  expect(differences({ before: { rate: "20", reason: "law" }, after: { rate: "20" } })).toEqual([{ field: "reason", was: "law", is: null }]);
});

test("a refusal is told of its line and column in the file", () => {
  expect(placeOf("/lines/18/rate")).toEqual({ line: "18", column: "rate" });
  expect(placeOf("/lines/18")).toEqual({ line: "18", column: null });
  expect(placeOf("/csv")).toBeNull();
});
