import { expect, test } from "vitest";
import { drillOf } from "./drill";

test.each([
  ["/v1/invoices?status=issued&from=2026-09-01&to=2026-09-30&currency=EUR&sort=-total", "/invoices?status=issued&from=2026-09-01&to=2026-09-30&currency=EUR"],
  ["/v1/invoices?payment_status=unpaid&status=issued&payment_status=partially_paid", "/invoices?status=outstanding"],
  ["/v1/invoices?overdue=true&due_from=2026-09-01", "/invoices?status=overdue&due_from=2026-09-01"],
  ["/v1/payments?method=card&from=2026-09-01", "/payments?status=all&method=card&from=2026-09-01"],
  ["/v1/usage/records?state=quarantined&meter=data.octets", "/usage?status=quarantined&meter=data.octets"],
  ["/v1/customer-configs", "/customers"],
])("%s is shown at %s", (request, page) => {
  expect(drillOf(request)).toBe(page);
});

test.each([[null], ["/v1/unheard-of?from=2026-09-01"], ["/v1/invoices?below_zero=true"], ["/v1/usage/records?state=rated"], ["/v1/payments?method=card&method=cash"]])("%s has no page that shows those rows and no others", (request) => {
  expect(drillOf(request)).toBeNull();
});
