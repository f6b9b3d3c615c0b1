/** What the mock answers of one-time charges, spend alerts, allowances, outages and reratings; null for what is not among them. */
import type { components } from "../src/api/schema.d.ts";
import { now } from "./data.ts";
import { pageOf } from "./rating.ts";
import type { Asked } from "./ratingAnswers.ts";

type Schemas = components["schemas"];
const money = (amount: string) => ({ amount, currency: "EUR" });
const may = (action: string, allowed = true, reason: string | null = null) => ({ action, allowed, reason });
const november = { start: "2026-11-01", end: "2026-12-01" };

const charges: Schemas["OneTimeChargeShape"][] = [
  { id: "chg-visit", account_id: "acc-0001", description: "A technician’s visit", amount: money("49.00"), on: "2026-11-20", item: "charged_by_hand", subscription_id: "sub-1", tax_class: null, includes_tax: false, status: "pending", added_at: "2026-11-20T09:00:00Z", version: 1, allowed_actions: [may("cancel")] },
  { id: "chg-router", account_id: "acc-0001", description: "Router", amount: money("89.90"), on: "2026-10-02", item: "charged_by_hand", subscription_id: null, tax_class: null, includes_tax: false, status: "billed", added_at: "2026-10-02T09:00:00Z", version: 2, allowed_actions: [may("cancel", false, "It is billed")] },
];

const alerts: Schemas["SpendAlertShape"][] = [
  { id: "alert-1", account_id: "acc-0001", threshold: money("20.00"), scope: "period", action: "notify", version: 1, set_at: "2026-11-01T08:00:00Z", reached: { period: november, amount: money("27.30"), at: "2026-11-14T12:00:00Z" }, allowed_actions: [may("update"), may("delete")] },
  { id: "alert-2", account_id: "acc-0001", threshold: money("100.00"), scope: "period", action: "cap", version: 1, set_at: "2026-11-01T08:00:00Z", reached: null, allowed_actions: [may("update"), may("delete")] },
];

const bucket = (id: string, source: "plan" | "rollover" | "top_up" | "pool", used: string, left: string, more: Partial<Schemas["BucketShape"]> = {}): Schemas["BucketShape"] => ({
  id, subscription_id: "sub-1", allowance: "data", meter: "data.octets", unit: "octets", source, pool: null, priority: 0, granted: "100000000000", available: String(Number(used) + Number(left)), used, used_here: used, left, expires_on: null, ...more,
});

export const allowed: Schemas["AllowancesShape"] = {
  subscription_id: "sub-1", account_id: "acc-0001", period: november, as_of: now, profile: "slow", allowed_actions: [may("top_up")],
  allowances: [bucket("b-1", "rollover", "20000000000", "0", { expires_on: "2026-12-01" }), bucket("b-2", "plan", "65000000000", "35000000000"), bucket("b-3", "pool", "5000000000", "45000000000", { subscription_id: "sub-9", pool: "family", used_here: "0" })],
  meters: [{ meter: "data.octets", unit: "octets", used: "85000000000", included: "85000000000", over: "0" }],
};

const outage: Schemas["OutageShape"] = {
  id: "out-1", status: "previewed", start: "2026-09-12T08:00:00Z", end: "2026-09-12T11:20:00Z", policy: { share: "actual", percent: null, minimum_minutes: 30 }, subscription_ids: null, account_ids: null, resources: null, plan_id: "fibre-300", reason: "Backbone down", accounts: 2, credited: 2, not_credited: 1,
  totals: [money("0.28")], recorded_at: now, recorded_by: "billing@demo.example", confirmed_at: null, confirmed_by: null, finished_at: now, version: 2, allowed_actions: [may("confirm")],
};

const credited: Schemas["CreditedShape"][] = [
  { account_id: "acc-0002", subscription_id: "sub-2", corrects: "c-1", period: { start: "2026-09-01", end: "2026-10-01" }, seconds: 12_000, outcome: "credited", reason: null, charged: money("30.00"), credit: money("0.14"), charge_id: null },
  { account_id: "acc-0001", subscription_id: "sub-1", corrects: "c-2", period: { start: "2026-09-01", end: "2026-10-01" }, seconds: 12_000, outcome: "credited", reason: null, charged: money("30.00"), credit: money("0.14"), charge_id: null },
  { account_id: "acc-0003", subscription_id: "sub-3", corrects: "c-3", period: { start: "2026-09-01", end: "2026-10-01" }, seconds: 600, outcome: "not_credited", reason: "too_short", charged: money("30.00"), credit: null, charge_id: null },
];

const rerating: Schemas["ReratingShape"] = {
  id: "rr-1", status: "previewed", plan_id: "fibre-300", plan_version: 2, prices: [], start: "2026-09-01", end: "2026-11-01", account_ids: null, reason: "The fee was too high", accounts: 2, corrected: 2, unchanged: 4, not_computable: 1,
  totals: [money("-3.00")], started_at: now, started_by: "billing@demo.example", confirmed_at: null, confirmed_by: null, finished_at: now, version: 2, allowed_actions: [may("confirm")],
};

const rerated: Schemas["ReratedShape"][] = [
  { account_id: "acc-0002", subscription_id: "sub-2", price_index: 0, period: { start: "2026-09-01", end: "2026-10-01" }, outcome: "corrected", reason: null, charged: money("29.90"), corrected: money("24.90"), difference: money("-5.00"), charge_id: null },
  { account_id: "acc-0001", subscription_id: "sub-1", price_index: 1, period: { start: "2026-09-01", end: "2026-10-01" }, outcome: "corrected", reason: null, charged: money("3.00"), corrected: money("5.00"), difference: money("2.00"), charge_id: null },
  { account_id: "acc-0003", subscription_id: null, price_index: 0, period: null, outcome: "not_computable", reason: "too_many_lines", charged: null, corrected: null, difference: null, charge_id: null },
];

export async function corrections(request: Request, { resource, id, part, query }: Asked): Promise<Response | null> {
  const isPost = request.method === "POST";
  switch (resource) {
    case "one-time-charges": return Response.json(isPost ? { ...charges[0], status: "cancelled" } : id ? charges[0] : pageOf(mine(charges, query), query));
    case "charges": return isPost ? Response.json({ ...charges[0], ...((await request.json()) as object), id: "chg-new" }, { status: 201 }) : null;
    case "spend-alerts":
      if (request.method === "DELETE") return new Response(null, { status: 204 });
      if (request.method === "PATCH") return Response.json({ ...alerts[0], ...((await request.json()) as object), version: 2, reached: null });
      return isPost ? Response.json({ ...alerts[0], ...((await request.json()) as object), id: "alert-new", reached: null }, { status: 201 }) : Response.json(pageOf(mine(alerts, query), query));
    case "subscriptions":
      if (part === "allowances" && request.url.endsWith("/try")) return Response.json(await tried(request));
      return part === "allowances" || part === "top-ups" ? Response.json(allowed, { status: isPost ? 201 : 200 }) : null;
    case "outages": return Response.json(part === "results" ? resultsOf(credited, query) : part === "confirm" ? { ...outage, status: "completed", version: 3 } : id || isPost ? outage : pageOf([outage].filter(among(query)), query), { status: isPost && !part ? 201 : 200 });
    case "reratings": return Response.json(part === "results" ? { ...resultsOf(rerated, query), totals: [{ currency: "EUR", amount: "-3.00", charged: "32.90", corrected: "29.90" }] } : part === "confirm" ? { ...rerating, status: "completed", version: 3 } : id || isPost ? rerating : pageOf([rerating].filter(among(query)), query), { status: isPost && !part ? 201 : 200 });
    default: return null;
  }
}

const among = (query: URLSearchParams) => ({ status }: { status: string }) => query.getAll("status").length === 0 || query.getAll("status").includes(status);
const mine = <Row extends { account_id: string }>(rows: readonly Row[], query: URLSearchParams) => rows.filter(({ account_id }) => query.getAll("account_id").includes(account_id));

function resultsOf<Row extends { outcome: string }>(rows: readonly Row[], query: URLSearchParams) {
  return pageOf(rows.filter(({ outcome }) => query.getAll("outcome").includes(outcome)), query);
}

async function tried(request: Request): Promise<Schemas["TrialShape"]> {
  const { allowances, period } = (await request.json()) as Schemas["TrialBody"];
  const { meter, quantity, then = [] } = allowances[0]!;
  return {
    subscription_id: "sub-1", period, allowances: [{ id: "tried", meter, granted: quantity, used: "30000000000", left: "20000000000", rolls_over: "0" }],
    throttled: then.map(({ at, profile }) => ({ allowance: "tried", at, profile, on: "2026-10-19" })), meters: [{ meter, unit: "octets", used: "30000000000", included: "30000000000", over: "0" }],
  };
}
