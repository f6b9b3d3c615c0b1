import { expect, test } from "vitest";
import { daysOf, plainly } from "./names";

test.each([
  ["ar-aging", "AR aging"],
  ["kpis", "KPIs"],
  ["mrr", "MRR"],
  ["account_id", "Account ID"],
  ["tax", "Tax"],
])("%s is said %s", (name, said) => expect(plainly(name)).toBe(said));

test.each([
  ["31_60", { from: "31", to: "60" }],
  ["90_plus", { from: "90", to: null }],
  ["open", null],
])("the days of column %s", (column, days) => expect(daysOf(column)).toEqual(days));
