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
    unanswered: [],
  };
}

const names = ["usage", "rating", "invoicing", "payments", "reporting"];

export function readiness() {
  return { ready: true, services: Object.fromEntries(names.map((name) => [name, { ready: true, detail: "" }])) };
}

export function health(): Schemas["ServicesHealth"] {
  const waits = (name: string) => ({ dead_letters: name === "rating" ? 1 : 0, parked_inputs: 0, sources_silent: name === "usage" ? 1 : null });
  return { ready: true, items: names.map((name, index) => ({ name, ready: true, lag: index === 0 ? 1_204 : 0, projection_lag_ms: 12 + index * 7, last_event_at: `2026-11-23T10:14:${50 - index}Z`, detail: null, unready_s: 0, stands_still_s: null, oldest_unprocessed_s: index === 0 ? 3 : 0, p95_ms: index === 4 ? null : 9 + index * 6, ...waits(name) })) };
}

export function nextRuns(): Schemas["NextRuns"] {
  return {
    as_of: now,
    items: [
      { cycle_id: "monthly", name: "Monthly", target_date: "2026-12-01", customers: 58, drafts: 0, expected: [{ currency: "EUR", amount: "2914.37", like: "2026-11-01" }, { currency: "GBP", amount: "388.10", like: "2026-11-01" }] },
      { cycle_id: "quarterly", name: "Quarterly", target_date: "2027-01-01", customers: 12, drafts: 3, expected: [] },
    ],
  };
}

const proof = (n: number, service: string, equal: boolean | null): Schemas["RebuildProof"] => ({
  proof_id: `verify-${service}-${n}`, service, kind: n % 3 === 0 ? "rebuild" : "verify", equal, shown: n % 3 === 0 && equal === true, rows: 418_204 + n * 11, offsets: { "rating.events/0": 1_842, "rating.events/1": 2_011 }, digest: "5f9c2a7b".repeat(8), seconds: 12.4 + n, generation: 7, resumed: n === 2,
  why: equal === null ? "the tables in use are of another version" : null, tables: [{ name: "account_row", rows: 70 }, { name: "charge_row", rows: 1_204 }], not_compared: ["usage_record before 2026-08-15"], differences: equal === false ? [{ table: "charge_row", partition: 1, what: "sum of amount", used: "1204.40", rebuilt: "1204.50" }] : [], finished_at: `2026-11-2${n % 3}T08:1${n}:00Z`,
});

export function rebuilds(query: URLSearchParams) {
  const all = [proof(5, "reporting", true), proof(4, "rating", false), proof(3, "invoicing", true), proof(2, "usage", true), proof(1, "payments", null)];
  const items = all.filter(({ service, equal }) => (!query.get("service") || service === query.get("service")) && (!query.get("equal") || String(equal) === query.get("equal")));
  return { items, total: items.length, totals: [], next_cursor: null, as_of: now };
}
