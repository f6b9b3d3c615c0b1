import { expect, test } from "vitest";
import { isNarrowed, toFilter } from "./filters";
import { daysOverdue, paymentShown } from "./overdue";

function list(search: string) {
  const params = new URLSearchParams(search);
  return { get: (name: string) => params.get(name), page: 1, size: 50, sort: null };
}

test("the plain list is what is still to be paid", () => {
  expect(toFilter(list(""))).toEqual({ status: ["issued"], payment_status: ["unpaid", "partially_paid"], page: 1, size: 50 });
});

test("each tab asks its own question and filters add to it", () => {
  expect(toFilter(list("status=overdue&account_id=a-1"))).toEqual({ overdue: true, account_id: ["a-1"], page: 1, size: 50 });
  expect(toFilter(list("status=draft")).status).toEqual(["draft", "locked"]);
  expect(toFilter(list("status=all&q=MTR&from=2026-11-01"))).toEqual({ q: "MTR", from: "2026-11-01", page: 1, size: 50 });
});

test("a damaged tab or date counts as absent", () => {
  expect(toFilter(list("status=rubbish&from=yesterday"))).toEqual(toFilter(list("")));
});

test("only a filter narrows a list, a tab does not", () => {
  expect(isNarrowed(list("status=paid"))).toBe(false);
  expect(isNarrowed(list("q=a"))).toBe(true);
});

test.each([
  // status    payment_status     due_on        days  shown
  ["issued", "unpaid",         "2026-11-20", 3, "overdue"],
  ["issued", "partially_paid", "2026-11-20", 3, "partially_paid"],
  ["issued", "unpaid",         "2026-11-23", 0, "unpaid"],
  ["issued", "paid",           "2026-11-01", 0, "paid"],
  ["void",   "unpaid",         "2026-11-01", 0, null],
  ["draft",  null,             null,         0, null],
] as const)("on 23 November an invoice %s, %s, due %s is %i days late and shows %s", (status, payment_status, due_on, days, shown) => {
  expect(daysOverdue({ status, payment_status, due_on }, "2026-11-23")).toBe(days);
  expect(paymentShown({ status, payment_status, due_on }, "2026-11-23")).toBe(shown);
});

test("nothing is called late before the server's day is known", () => {
  expect(daysOverdue({ status: "issued", payment_status: "unpaid", due_on: "2020-01-01" }, null)).toBe(0);
});
