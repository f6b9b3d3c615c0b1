import { expect, test } from "vitest";
import { drillOf, together } from "./drill";

test.each([
  ["/v1/invoices?status=void&from=2026-09-01&to=2026-09-30&sort=-total", "/invoices?status=void&from=2026-09-01&to=2026-09-30"],
  ["/v1/invoices?payment_status=unpaid&status=issued&payment_status=partially_paid", "/invoices?status=outstanding"],
  ["/v1/invoices?overdue=true&account_id=acc-1", "/invoices?status=overdue&account_id=acc-1"],
  ["/v1/payments?method=card&from=2026-09-01", "/payments?status=all&method=card&from=2026-09-01"],
  ["/v1/usage/records?state=quarantined&meter=data.octets", "/usage?status=quarantined&meter=data.octets"],
  ["/v1/customer-configs", "/customers"],
  ["/v1/events?from=2026-09-01&type=A", "/usage/events?from=2026-09-01&type=A"],
])("%s is shown at %s", (request, page) => {
  expect(drillOf(request)).toBe(page);
});

test.each([["/v1/invoices?below_zero=true"], ["/v1/usage/records?state=rated"], ["/v1/payments?method=card&method=cash"], ["/v1/reports/rows/open-items?claim=true"]])("%s has no list that shows those rows and no others: they are shown as they are", (request) => {
  expect(drillOf(request)).toBe(`/analytics/rows?of=${encodeURIComponent(request)}`);
});

test.each([[null], ["/v1/unheard-of?from=2026-09-01"], ["/v1/users"], ["/v1/reports/rows/../../users"], ["https://elsewhere.example/v1/invoices"]])("%s is no list of rows", (request) => {
  expect(drillOf(request)).toBeNull();
});

test("requests that differ in one thing are one", () => {
  const at = (query: string) => `/v1/reports/rows/payment-events?${query}`;
  expect(together([at("from=2026-08-01&to=2026-08-31&currency=EUR"), at("from=2026-09-01&to=2026-09-15&currency=EUR")])).toBe(at("from=2026-08-01&to=2026-09-15&currency=EUR"));
  expect(together(["/v1/events?type=A&from=1&to=2", "/v1/events?type=B&from=1&to=2"])).toBe("/v1/events?from=1&to=2&type=A&type=B");
  expect(together([at("currency=EUR&method=card"), at("currency=USD&method=cash")])).toBeNull();
  expect(together([at("a=1"), null])).toBeNull();
  expect(together([])).toBeNull();
});
