/** The mock's overview: what waits, how the services do, the figures of the month. */
import type { components } from "../src/api/schema.d.ts";
import { invoices, now, sum, today } from "./data.ts";

type Schemas = components["schemas"];

export function overview(): Schemas["Overview"] {
  const currencies = ["EUR", "GBP"];
  return {
    as_of: now, accounts: 70, subscriptions: 112,
    invoices: { draft: invoices.filter(({ status }) => status === "draft").length, issued: invoices.filter(({ status }) => status === "issued").length },
    usage: { records: 1_284_532, quarantined: 17 },
    totals: currencies.map((currency) => {
      const of = invoices.filter(({ total, status }) => total.currency === currency && status === "issued");
      const late = of.filter(({ due_on }) => (due_on ?? today) < today);
      return { currency, invoiced: sum(of.map(({ total }) => total)), paid: sum(of.map(({ paid }) => paid)), open: sum(of.map(({ due }) => due)), overdue: sum(late.map(({ due }) => due)) };
    }),
    checklist: (["cycle", "plan", "account", "subscription", "usage", "invoice"] as const).map((step) => ({ step, done: true })),
  };
}

export function attention(): Schemas["Attention"] {
  return {
    items: [
      { kind: "overdue_invoices", count: 41, severity: "warning", link: "/invoices?status=overdue" },
      { kind: "quarantined_usage", count: 17, severity: "warning", link: null },
      { kind: "dead_letters", count: 1, severity: "error", link: null },
      { kind: "parked_inputs", count: 0, severity: "error", link: null },
    ],
  };
}

const names = ["usage", "rating", "invoicing", "payments", "reporting"];

export function readiness() {
  return { ready: true, services: Object.fromEntries(names.map((name) => [name, { ready: true, detail: "" }])) };
}

export function health(): Schemas["ServicesHealth"] {
  return { items: names.map((name, index) => ({ name, ready: true, lag: index === 0 ? 1_204 : 0, projection_lag_ms: 12 + index * 7, last_event_at: `2026-11-23T10:14:${50 - index}Z`, detail: null, unready_s: 0, stands_still_s: null })) };
}

export function kpis(): Schemas["KpisReport"] {
  const series = (values: readonly string[]) => values.map((value, index) => ({ date: `2026-${String(11 - values.length + index + 1).padStart(2, "0")}-01`, value }));
  return {
    as_of: now, from: "2025-12-01", to: "2026-11-23", group_by: null, currency: null,
    items: [
      { name: "invoiced_month", currency: "EUR", value: "2914.37", previous: "2688.02", series: series(["0.00", "410.20", "980.00", "1500.10", "2210.40", "2914.37"]) },
      { name: "invoiced_month", currency: "GBP", value: "388.10", previous: "371.95", series: series(["0.00", "120.00", "388.10"]) },
      { name: "collected_month", currency: "EUR", value: "1842.66", previous: "2450.11", series: series(["120.00", "340.00", "910.00", "1210.00", "1842.66"]) },
      { name: "outstanding", currency: "EUR", value: "1310.92", previous: "1102.40", series: series(["1102.40", "1400.00", "1620.00", "1480.00", "1310.92"]) },
      { name: "overdue", currency: "EUR", value: "642.18", previous: "702.18", series: series(["702.18", "690.00", "655.00", "660.00", "642.18"]) },
      { name: "accounts", currency: null, value: "70", previous: "70", series: series(["66", "68", "70", "70"]) },
      { name: "records_month", currency: null, value: "1284532", previous: "1190400", series: series(["180000", "420000", "650000", "990000", "1284532"]) },
    ],
  };
}
