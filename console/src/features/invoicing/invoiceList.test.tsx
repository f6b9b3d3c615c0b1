import { expect, test } from "vitest";
import { damagedFilters, isNarrowed, questionOf } from "../../lib/listQuestion";
import { invoiceList } from "./invoiceList";
import { paymentShown } from "./overdue";

function list(search: string) {
  const params = new URLSearchParams(search);
  return { get: (name: string) => params.get(name), page: 1, size: 50, sort: null };
}

test("the plain list is what is still to be paid", () => {
  expect(questionOf(invoiceList, list(""))).toEqual({ status: ["issued"], payment_status: ["unpaid", "partially_paid"], sort: "due_on", page: 1, size: 50 });
});

test("each tab asks its own question and filters add to it", () => {
  expect(questionOf(invoiceList, list("status=overdue&account_id=a-1"))).toEqual({ overdue: true, sort: "due_on", account_id: ["a-1"], page: 1, size: 50 });
  expect(questionOf(invoiceList, list("status=draft")).status).toEqual(["draft", "locked"]);
  expect(questionOf(invoiceList, list("status=all&q=MTR&from=2026-11-01"))).toEqual({ q: "MTR", from: "2026-11-01", sort: "-number", page: 1, size: 50 });
});

test("a damaged tab or date counts as absent", () => {
  expect(questionOf(invoiceList, list("status=rubbish&from=yesterday"))).toEqual(questionOf(invoiceList, list("")));
});

test.each([
  // a day that no calendar has, no day at all, a tab and an account that can't be
  ["from=2026-13-45", ["from"]],
  ["from=2026-02-30&to=2026-02-28", ["from"]],
  ["to=2026-11", ["to"]],
  ["from=1795000000&to=now", ["from", "to"]],
  ["status=rubbish", ["status"]],
  [`account_id=${"a".repeat(65)}`, ["account_id"]],
  [`q=${"a".repeat(201)}`, ["q"]],
  ["status=all&from=2024-02-29&to=2026-11-30&account_id=cust-1&q=INV&page=x&size=33&sort=rubbish", []],
  ["", []],
])("of %s the damaged filters are %j", (search, names) => {
  expect(damagedFilters(invoiceList, list(search)).map(({ name }) => name)).toEqual(names);
});

test("only a filter narrows a list, a tab does not", () => {
  expect(isNarrowed(invoiceList.filters, list("status=paid"))).toBe(false);
  expect(isNarrowed(invoiceList.filters, list("q=a"))).toBe(true);
});

test("an order that the list does not have counts as absent", () => {
  expect(questionOf(invoiceList, { ...list("status=all"), sort: "-days_overdue" }).sort).toBe("-days_overdue");
  expect(questionOf(invoiceList, { ...list("status=all"), sort: "rubbish" }).sort).toBe("-number");
});

test.each([
  // status    payment_status     days  paid     credited  shown
  ["issued", "unpaid",         3, "0.00",  "0.00",  "overdue"],
  ["issued", "partially_paid", 3, "5.00",  "0.00",  "partially_paid"],
  ["issued", "unpaid",         0, "0.00",  "0.00",  "unpaid"],
  ["issued", "paid",           0, "12.10", "0.00",  "paid"],
  ["issued", "paid",           0, "5.00",  "7.10",  "paid"],
  ["issued", "paid",           0, "0.00",  "12.10", "credited"],
  ["issued", "paid",           0, "0.00",  "0.00",  "paid"],
  ["void",   "unpaid",         0, "0.00",  "0.00",  null],
  ["draft",  "unpaid",         0, "0.00",  "0.00",  null],
] as const)("an invoice %s, %s, %i days late, %s paid and %s credited shows %s", (status, payment_status, days_overdue, paid, credited, shown) => {
  const money = (amount: string) => ({ amount, currency: "EUR" });
  expect(paymentShown({ status, payment_status, days_overdue, paid: money(paid), credited: money(credited) })).toBe(shown);
});
