/** The mock's reports for the analytics page: twelve months of an operator, in two currencies, with figures that hold together. */
import { now } from "./data.ts";

type Row = Record<string, unknown>;

const months = Array.from({ length: 24 }, (_, index) => new Date(Date.UTC(2024, 11 + index, 1)).toISOString().slice(0, 10));
const cents = (value: number) => value.toFixed(2);

const revenue = (factor: number, currency: string): Row[] => months.map((group, index) => {
  const [recurring, usage, other] = [(1_400 + index * 62) * factor, (220 + ((index * 37) % 90)) * factor, (index % 5 === 4 ? -40 : 25) * factor];
  return { group, currency, recurring: cents(recurring), usage: cents(usage), true_up: "0.00", other: cents(other), net: cents(recurring + usage + other), lines: 90 + index, rows: { net: `/v1/invoices?status=issued&from=${group}&to=${group.slice(0, 8)}28&currency=${currency}`, lines: null } };
});

const plans: Row[] = ([["fibre-300", 9_120, 0], ["fibre-new", 4_310.5, 210], ["voice-flat", 1_240, 640.35]] as const).map(([group, recurring, usage]) => ({ group, currency: "EUR", recurring: cents(recurring), usage: cents(usage), true_up: "0.00", other: "0.00", net: cents(recurring + usage), lines: 40, rows: { net: null } }));

const kpi = (name: string, unit: string, currency: string | null, value: string, previous: string, delta_percent: string, series: readonly string[]): Row => ({
  name, currency, unit, value, previous, delta: (Number(value) - Number(previous)).toFixed(1), delta_percent, series: series.map((one, index) => ({ date: months[24 - series.length + index], value: one })), rows: { value: name === "outstanding" ? "/v1/invoices?status=issued&payment_status=unpaid&payment_status=partially_paid" : null },
});

const kpis: Row[] = [
  kpi("mrr", "money", "EUR", "2826.00", "2764.00", "2.2", ["2268.00", "2392.00", "2516.00", "2640.00", "2764.00", "2826.00"]),
  kpi("arpu", "money", "EUR", "40.37", "39.49", "2.2", ["37.20", "38.00", "38.81", "39.49", "40.37"]),
  kpi("churn_percent", "percent", null, "1.4", "2.9", "-51.7", ["2.9", "1.5", "2.9", "1.4"]),
  kpi("collection_percent", "percent", "EUR", "94.2", "93.0", "1.3", ["91.0", "92.4", "93.0", "94.2"]),
  kpi("dso", "days", "EUR", "14.1", "15.0", "-6.0", ["17.3", "16.1", "15.0", "14.1"]),
  kpi("overdue_percent", "percent", "EUR", "4.9", "6.4", "-23.4", ["7.0", "6.8", "6.4", "4.9"]),
  kpi("failed_payment_percent", "percent", "EUR", "3.1", "3.1", "0.0", ["4.0", "3.4", "3.1", "3.1"]),
  kpi("credited_percent", "percent", "EUR", "0.8", "1.2", "-33.3", ["2.0", "1.6", "1.2", "0.8"]),
  kpi("invoiced_month", "money", "EUR", "2914.37", "2688.02", "8.4", ["0.00", "410.20", "980.00", "1500.10", "2210.40", "2688.02", "2914.37"]),
  kpi("invoiced_month", "money", "GBP", "388.10", "371.95", "4.3", ["0.00", "120.00", "371.95", "388.10"]),
  kpi("collected_month", "money", "EUR", "1842.66", "2450.11", "-24.8", ["120.00", "340.00", "910.00", "2450.11", "1842.66"]),
  kpi("outstanding", "money", "EUR", "1310.92", "1102.40", "18.9", ["1102.40", "1400.00", "1620.00", "1480.00", "1102.40", "1310.92"]),
  kpi("overdue", "money", "EUR", "642.18", "702.18", "-8.5", ["702.18", "690.00", "655.00", "702.18", "642.18"]),
  kpi("accounts", "count", null, "70", "70", "0.0", ["66", "68", "70", "70"]),
  kpi("records_month", "count", null, "1284532", "1190400", "7.9", ["180000", "420000", "650000", "1190400", "1284532"]),
];

const mrr: Row[] = months.slice(-12).map((group, index) => ({ group, month: group.slice(0, 7), currency: "EUR", opening: cents(2_082 + index * 62), new: "110.00", expansion: "36.00", contraction: "24.00", churn: "60.00", reactivation: "0.00", closing: cents(2_144 + index * 62), rows: {} }));

const days = Array.from({ length: 700 }, (_, index) => new Date(Date.UTC(2026, 10, 23 - index)).toISOString().slice(0, 10)).reverse();

const types = ["rating.ChargeFixed", "invoicing.InvoiceIssued", "payments.PaymentRecorded", "payments.PaymentAllocated", "rating.PeriodClosed", "invoicing.DeliveryEnded"] as const;

function within(rows: readonly Row[], query: URLSearchParams): Row[] {
  const [from, to, currency] = [query.get("from"), query.get("to"), query.get("currency")];
  return rows.filter(({ group, currency: own }) => (!from || String(group) >= from.slice(0, 8) + (String(group).endsWith("-01") ? "01" : from.slice(8))) && (!to || String(group) <= to) && (!currency || !own || own === currency));
}

const reports: Readonly<Record<string, (query: URLSearchParams) => Row[]>> = {
  kpis: (query) => kpis.filter(({ currency }) => !query.get("currency") || !currency || currency === query.get("currency")),
  revenue: (query) => {
    const by = query.get("group_by");
    if (by === "plan") return plans.filter(({ currency }) => currency === query.get("currency"));
    if (by === "meter") return [{ group: "data.octets", currency: "EUR", recurring: "0.00", usage: "2114.20", true_up: "0.00", other: "0.00", net: "2114.20", lines: 12, rows: {} }];
    return within([...revenue(1, "EUR"), ...revenue(0.13, "GBP")], query);
  },
  "ar-aging": (query) => [{ currency: query.get("currency"), current: "668.74", "1_30": "402.10", "31_60": "148.08", "61_90": "62.00", "90_plus": "30.00", open: "1310.92", unapplied: "25.00", disputed: "30.00", rows: { "1_30": "/v1/reports/rows/open-items?claim=true&currency=EUR&days_from=1&days_to=30" } }],
  "payment-methods": (query) => ([["direct_debit", "11240.20", 402, "97.1"], ["card", "6420.10", 231, "92.4"], ["bank_transfer", "2104.00", 61, "100.0"], ["cash", "180.00", 9, "100.0"]] as const).map(([group, collected, payments, success_percent]) => ({ group, currency: query.get("currency"), collected, returned: "0.00", payments, declined: 3, failed: 9, success_percent, rows: { collected: `/v1/payments?method=${group}` } })),
  collections: (query) => within(months.map((group, index) => ({ group, month: group.slice(0, 7), currency: "EUR", invoiced: cents(1_600 + index * 60), collected: cents(1_480 + index * 58 + ((index * 53) % 140)), dso: (18 - index / 6).toFixed(1), rows: { collected: null } })), query),
  mrr: (query) => within(mrr, query),
  "dunning-funnel": (query) => ([[1, "Reminder", 41, 27], [2, "Second reminder", 14, 8], [3, "Block", 6, 4], [4, "Hand over", 2, 0]] as const).map(([step, name, cases, paid]) => ({ currency: query.get("currency"), step, name, cases, overdue: cents(cases * 36.04), paid, recovered_percent: ((paid * 100) / cases).toFixed(1), rows: {} })),
  "top-customers": (query) => Array.from({ length: 14 }, (_, index) => ({ account_id: `acc-${String(index + 2).padStart(4, "0")}`, currency: query.get("currency"), place: index + 1, invoices: 12, net: cents(2_400 - index * 130), total: cents((2_400 - index * 130) * 1.2), percent: (9.4 - index * 0.5).toFixed(1), rows: { invoices: `/v1/invoices?status=issued&account_id=acc-${String(index + 2).padStart(4, "0")}` } })),
  "top-plans": (query) => plans.filter(({ currency }) => currency === query.get("currency")).map(({ group, ...row }, index) => ({ ...row, plan_id: group, place: index + 1, percent: "33.3" })),
  usage: (query) => within((query.get("group_by") === "month" ? months : days).map((group, index) => ({ group, meter: "data.octets", records: 40_000 + index * 31, accepted: 39_600 + index * 30, quarantined: index % 9 === 0 ? 900 : 40, duplicates: 300, conflicts: index % 4, quantity: "1000", rows: { records: `/v1/usage/records?meter=data.octets&from=${group}` } })), query),
  "events-timeline": (query) => within((query.get("group_by") === "month" ? months : days).flatMap((group, index) => types.map((type, n) => ({ group, type, events: 140 - n * 21 + ((index * 17) % 40), rows: {} }))), query),
};

const money = (name: string, definition: string, formula: string | null = null) => ({ name, kind: "money", definition, formula, adds_up: !["opening", "closing", "mrr"].includes(name) });
const entry = (name: string, definition: string, columns: unknown[], figures: unknown[] = []) => ({ name, definition, columns, figures, parameters: ["from", "to", "group_by", "currency"], groups: [], default_group: null, default_range: "twelve_months", days_max: 3_660 });
export const catalogue = {
  items: [
    entry("kpis", "Figures of the business", [], [money("mrr", "recurring charges of a month", "sum of recurring charges / their months"), { name: "dso", kind: "days", definition: "days of invoicing that are outstanding", formula: "outstanding / invoiced of 90 days x 90", adds_up: true }]),
    entry("mrr", "Movement of recurring charges", ["opening", "new", "expansion", "contraction", "churn", "reactivation", "closing"].map((name) => money(name, name, name === "closing" ? "opening + new + expansion + contraction + churn" : null))),
    entry("revenue", "What was invoiced", [money("net", "net", "recurring + usage + true_up + other")]),
    entry("collections", "Invoiced and collected", [{ name: "dso", kind: "days", definition: "days outstanding", formula: "outstanding / invoiced x days", adds_up: true }]),
  ],
};

const openItems: Row[] = Array.from({ length: 12 }, (_, index) => ({ item: "invoice", item_id: `inv-0${200 + index}`, number: `MTR-2026-00${200 + index}`, account_id: `acc-${String(index + 2).padStart(4, "0")}`, day: "2026-10-01", due_on: "2026-10-15", days: 39 - index, currency: "EUR", open: cents(36.04 + index), unapplied: "0.00", disputed: index === 3 ? "39.04" : "0.00" }));

export function figured({ resource, id, part, query }: { resource: string; id?: string | undefined; part?: string | undefined; query: URLSearchParams }): Response | null {
  if (resource !== "reports") return null;
  if (id === "rows") return part === "open-items" ? Response.json({ items: openItems, total: openItems.length, totals: [{ currency: "EUR", amount: "498.48", open: "498.48", disputed: "39.04" }], next_cursor: null, as_of: now }) : null;
  if (!id) return null;
  const rows = reports[id];
  return rows ? Response.json({ items: rows(query), as_of: now, from: query.get("from"), to: query.get("to"), group_by: query.get("group_by"), currency: query.get("currency") }) : null;
}
