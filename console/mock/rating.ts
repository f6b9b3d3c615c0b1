/**
 * The provider's cycles, plans, customers and subscriptions, and what their forms are answered with: enough of the rules
 * for a page to be seen working. Prices are quoted by one rule (a fee whole, a unit price times the quantity).
 */
import type { components } from "../src/api/schema.d.ts";
import { now } from "./data.ts";

type Schemas = components["schemas"];
export type Cycle = Schemas["CycleShape"];

const notYet = (...actions: string[]) => actions.map((action) => ({ action, allowed: false, reason: "Not supported" }));

export const cycles: Cycle[] = [
  { id: "monthly", name: "Monthly on the 1st", frequency: "month", anchor_day: 1, anchor_month: null, counts_from: null, anchor: "calendar", accounts: 4, next_close: "2026-12-01", time_zone: "Europe/Paris", defined_at: "2026-06-01T08:00:00Z", version: 1, allowed_actions: [{ action: "rename", allowed: true, reason: null }, { action: "change_calendar", allowed: false, reason: "4 accounts use it; move them first" }, { action: "delete", allowed: false, reason: "4 accounts use it; move them first" }] },
  { id: "monthly-31", name: "Month’s end", frequency: "month", anchor_day: 31, anchor_month: null, counts_from: null, anchor: "calendar", accounts: 4, next_close: "2026-12-01", time_zone: "Europe/Paris", defined_at: "2026-06-02T08:00:00Z", version: 2, allowed_actions: [{ action: "rename", allowed: true, reason: null }, { action: "change_calendar", allowed: true, reason: null }, { action: "delete", allowed: true, reason: null }] },
  { id: "quarterly", name: "Quarterly", frequency: "quarter", anchor_day: 15, anchor_month: 2, counts_from: null, anchor: "calendar", accounts: 0, next_close: null, time_zone: "Europe/London", defined_at: "2026-06-03T08:00:00Z", version: 1, allowed_actions: notYet("rename", "delete") },
];

/** Periods of a month each, from the first day `anchor` after today, clamped to the month's end (R10). */
export function periodsFrom(anchor: number, count: number) {
  const start = (index: number) => {
    const month = new Date(Date.UTC(2026, 11 + index, 1));
    const last = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 0)).getUTCDate();
    return `${month.toISOString().slice(0, 8)}${String(Math.min(anchor, last)).padStart(2, "0")}`;
  };
  return Array.from({ length: count }, (_, index) => ({ start: start(index), end: start(index + 1) }));
}

export function pageOf<Row>(items: readonly Row[], query: URLSearchParams) {
  const page = Number(query.get("page") ?? 1);
  const size = Number(query.get("size") ?? query.get("limit") ?? 50);
  return { items: items.slice((page - 1) * size, page * size), total: items.length, total_is_minimum: false, totals: [], next_cursor: null, as_of: now };
}

export function quoted(body: { price?: { amount?: string; unit_price?: string }; quantity?: string; start?: string; cycle?: { anchor_day: number } }) {
  const { price = {}, quantity, cycle, start } = body;
  if (start) {
    const periods = [{ start, end: periodsFrom(cycle?.anchor_day ?? 1, 1)[0]!.start }, ...periodsFrom(cycle?.anchor_day ?? 1, 7)];
    const line = (period: { start: string; end: string }) => ({ period, kind: "recurring", fraction: "1", amount: price.amount ?? "0.00", unrounded: price.amount ?? "0", price_index: "0", steps: [], quantity: null, meter: null });
    return { amount: { amount: price.amount ?? "0.00", currency: "EUR" }, unrounded: "0", lines: periods.map(line) };
  }
  const cents = BigInt(Math.round(Number(price.unit_price ?? price.amount ?? "0") * Number(quantity ?? "0") * 100));
  const amount = `${cents / 100n}.${String(cents % 100n).padStart(2, "0")}`;
  return { amount: { amount, currency: "EUR" }, unrounded: amount, lines: [{ period: { start: "2026-12-01", end: "2027-01-01" }, kind: "usage", fraction: "1", amount, unrounded: amount, price_index: "0", quantity: quantity ?? null, meter: null, steps: [] }] };
}

export type Account = Schemas["AccountShape"];
export type Subscription = Schemas["SubscriptionShape"];

const names = ["Ada Lovelace", "Brown & Sons", "Café Central", "Delta Hosting", "Évora Móveis", "Fischer GmbH"];
const money = (amount: string) => ({ amount, currency: "EUR" });

export const accounts: Account[] = names.map((name, index) => ({
  id: `acc-${String(index + 1).padStart(4, "0")}`, name, currency: "EUR", cycle_id: index % 3 === 2 ? "monthly-31" : "monthly", tax_rate: "20", opened_on: "2026-06-10", opened_at: "2026-06-10T09:00:00Z",
  time_zone: "Europe/Paris", period: { start: "2026-11-01", end: "2026-12-01" }, version: 3, parent_id: index === 3 ? "acc-0001" : null, billed_by: `acc-${String(index + 1).padStart(4, "0")}`, closed_on: null, next_cycle: null, next_payer: null, subscriptions_active: index === 4 ? 0 : 1,
  status: index === 2 ? "on_hold" : "active", hold: index === 2 ? { reason: "A dispute about October", until: null } : null, email: index === 0 ? "ada@example.org" : null, tax_id: index === 1 ? "FR83404833048" : null, language: "fr",
  address: index === 1 ? { lines: ["12 rue de la Paix"], postal_code: "75002", city: "Paris", region: null, country: "FR" } : null,
  allowed_actions: [
    { action: "edit", allowed: true, reason: null }, { action: "change_cycle", allowed: true, reason: null }, { action: "release", allowed: index === 2, reason: index === 2 ? null : "it is not on hold" }, { action: "hold", allowed: index !== 2, reason: index === 2 ? "It is on hold already" : null },
    { action: "close", allowed: false, reason: "1 service is still active" },
  ],
}));

export const subscriptions: Subscription[] = accounts.map((account, index) => ({
  id: `sub-${index + 1}`, account_id: account.id, plan_id: index % 2 === 0 ? "fibre-300" : "voice-metered", start: "2026-06-10", end: index === 4 ? "2026-10-01" : null, started_at: "2026-06-10T09:00:00Z",
  status: index === 4 ? "ended" : index === 5 ? "suspended" : "active", version: 2, quantity: 1, plan_version: null, trial_until: null, parent_id: null,
  timeline: [{ start: "2026-06-10", end: null, plan_id: index % 2 === 0 ? "fibre-300" : "voice-metered", plan_version: null, quantity: 1, status: index === 5 ? "suspended" : "active", billing: "normal", fee: null }],
  scheduled: index === 0 ? [{ change_id: "chg-1", action: "terminate", effective_on: "2027-01-01", plan_id: null, plan_version: null, quantity: null }] : [],
  allowed_actions: [
    { action: "change_plan", allowed: index !== 4, reason: index === 4 ? "It has ended" : null }, { action: "suspend", allowed: index !== 4, reason: index === 4 ? "It has ended" : null },
    { action: "resume", allowed: index === 5, reason: index === 5 ? null : "It is not suspended" }, { action: "pause", allowed: index !== 4, reason: index === 4 ? "It has ended" : null }, { action: "terminate", allowed: index !== 4, reason: index === 4 ? "It has ended" : null },
  ],
})) as Subscription[];

export function configOf(account: Account): Schemas["CustomerConfig"] {
  const { id, name, currency, tax_rate, opened_on, address, tax_id, email, language, period, time_zone, cycle_id } = account;
  const cycle = cycles.find((one) => one.id === cycle_id)!;
  return {
    name, currency, opened_on, ...(id === "acc-0002" ? { tax_rate: null, tax: { kind: "determined", seller_country: "DE", place: "FR" }, terms_source: "account" as const } : { tax_rate, tax: { kind: "account_rate", rate: tax_rate }, terms_source: "operator" as const }), address: address ?? null, tax_id: tax_id ?? null, email: email ?? null, language: language ?? null, account_id: id, cycle: { id: cycle.id, name: cycle.name, time_zone }, parent_id: null, closed_on: null, status: account.status, held_reason: account.hold?.reason ?? null, terms_days: id === "acc-0002" ? 30 : 14, open_period: period, subscriptions: 1,
    open: money(id === "acc-0002" ? "62.40" : "0.00"), overdue: money(id === "acc-0002" ? "31.20" : "0.00"), credit: money("0.00"),
    dunning: id === "acc-0002"
      ? { status: "open", policy_id: "standard", case_id: "dun-1", step: 1, step_name: "Reminder", since: "2026-10-31", access: "open", restricted_on: "2026-11-27", days_to_restriction: 4 }
      : { status: "none", policy_id: "standard", case_id: null, step: 0, step_name: null, since: null, access: "open", restricted_on: null, days_to_restriction: null },
  };
}

export function unbilledOf(account: Account) {
  const period = { start: "2026-11-01", end: "2026-12-01" };
  const line = (kind: string, description: string, amount: string, quantity: string | null, price_index: number) => ({
    kind, subscription_id: "sub-1", plan_id: "fibre-300", plan_version: 3, price_index, description, meter: quantity ? "data.octets" : null, unit: quantity ? "octets" : null, quantity, period, amount: money(amount),
    unrounded: amount, fraction: "1", records: quantity ? 186 : 0, steps: [],
  });
  const commitments = account.id === "acc-0001" ? [{ used: money("2.40"), committed: money("20.00"), share: "0.12", subscription_id: "sub-1", plan_id: "fibre-300", plan_version: 3, price_index: 1, period }] : [];
  return { account_id: account.id, period, amount: money("27.30"), net: money("27.30"), gross: money("0.00"), provisional: true, as_of: now, commitment: null, commitments, lines: [line("recurring", "Fibre 300, monthly fee", "24.90", null, 0), line("usage", "Data beyond the allowance", "2.40", "228000000000", 1)] };
}

export function effectOf(body: Record<string, unknown>) {
  const period = { start: "2026-11-01", end: "2026-12-01" };
  const line = (description: string, amount: string) => ({ kind: "recurring", description, subscription_id: "sub-1", plan_id: "fibre-300", plan_version: 3, period, quantity: null, amount: money(amount) });
  return {
    preview: true, effective_on: (body["effective_on"] as string | undefined) ?? "2026-11-23", period, difference: money("5.33"), without_change: { amount: money("24.90"), lines: [line("Fibre 300", "24.90")] },
    with_change: { amount: money("30.23"), lines: [line("22 of 30 days of Fibre 300", "18.26"), line("8 of 30 days of Fibre 1000", "11.97")] }, timeline: [],
  };
}

export const offerings: Schemas["ServiceShape"][] = [
  { id: "internet", code: "INT", name: "Internet access", kind: "internet", meters: ["data.octets"], tax_class: "telecom", description: null, version: 1, defined_at: "2026-06-01T08:00:00Z", plans: 1, active_subscriptions: 3, allowed_actions: [{ action: "update", allowed: true, reason: null }, { action: "delete", allowed: false, reason: "1 plan sells it" }] },
];

export type Plan = Schemas["PlanShape"];
type Version = Schemas["VersionShape"];

const fibre = (n: number, amount: string, status: Version["status"]): Version => ({
  version: n, status, revision: 1, name: "Fibre 300", code: "FIB300", type: "hybrid", description: null, service_id: "internet", bandwidth_profile_id: "f300", add_on: false, term: null, allowances: [], prices_include_tax: false, tax_class: null, cloned_from: null,
  drafted_at: "2026-06-01T08:00:00Z", effective_from: status === "draft" ? null : `2026-0${5 + n}-01`, published_at: status === "draft" ? null : "2026-06-01T08:00:00Z", retired_on: null,
  prices: [
    { model: "flat", amount, bill: "advance", proration: "actual", rounding: "half_up", interval: "month" },
    { model: "graduated", meter: "data.octets", rounding: "half_up", tiers: [{ up_to: "200000000000", unit_price: "0" }, { up_to: null, unit_price: "0.50", unit_size: "1000000000" }] },
  ] as unknown as Version["prices"],
  price_summary: [`€${amount} per month`, "€0.50 per GB over 200 GB"], allowed_actions: [],
});

function planOf(id: string, versions: Version[], status: Plan["status"], actions: Plan["allowed_actions"]): Plan {
  const latest = versions.at(-1)!;
  return { ...latest, id, status, currency: "EUR", retired_on: null, active_subscriptions: status === "draft" ? 0 : 3, versions, warnings: status === "draft" ? [{ pointer: "/prices/1/meter", code: "unknown_meter", detail: "nobody has defined the meter data.octets" }] : [], allowed_actions: actions };
}

const can = (action: string) => ({ action, allowed: true, reason: null });

export const plans: Plan[] = [
  planOf("fibre-300", [fibre(1, "24.90", "superseded"), fibre(2, "29.90", "in_force")], "in_force", [
    { action: "publish", allowed: false, reason: "version 2 is published; draft another" }, can("retire"), { action: "reactivate", allowed: false, reason: "it is on sale" }, { action: "edit", allowed: false, reason: "version 2 is published; draft another" },
    { action: "unpublish", allowed: false, reason: "it is in force from 2026-07-01, which has begun" }, can("draft_version"), can("clone"),
  ]),
  planOf("fibre-new", [{ ...fibre(1, "19.90", "draft"), name: "Fibre start", code: "FIBSTART", revision: 4 }], "draft", [can("publish"), can("retire"), { action: "reactivate", allowed: false, reason: "it is on sale" }, can("edit"), { action: "unpublish", allowed: false, reason: "version 1 is a draft" }, can("clone")]),
];

export function simulated(plan: Plan, body: { quantities?: Record<string, string> }) {
  const over = BigInt(body.quantities?.["data.octets"] ?? "0") - 200_000_000_000n;
  const started = over > 0n ? (over + 999_999_999n) / 1_000_000_000n : 0n;
  const usage = `${started / 2n}.${started % 2n === 0n ? "00" : "50"}`;
  const cents = 2_990n + started * 50n;
  const period = { start: "2026-11-01", end: "2026-12-01" };
  const line = (kind: string, amount: string, price: string) => ({ period, kind, fraction: "1", amount, unrounded: amount, price_index: "0", steps: [], quantity: null, meter: null, price });
  const amount = money(`${cents / 100n}.${String(cents % 100n).padStart(2, "0")}`);
  return { plan_id: plan.id, version: plan.version, amount, unrounded: amount.amount, months: [{ period, amount, lines: [line("recurring", "29.90", "€29.90 per month"), line("usage", usage, "€0.50 per GB over 200 GB")] }] };
}
