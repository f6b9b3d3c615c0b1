/** What the mock answers of billing runs: a dry run to confirm, one that goes on, one with failures. */
import type { components } from "../src/api/schema.d.ts";
import { now } from "./data.ts";
import { pageOf } from "./rating.ts";
import type { Asked } from "./ratingAnswers.ts";

type Schemas = components["schemas"];
type Run = Schemas["RunShape"];
const may = (action: string, allowed = true, reason: string | null = null) => ({ action, allowed, reason });
const money = (amount: string) => ({ amount, currency: "EUR" });

const plain: Run = {
  id: "run-9", status: "previewed", scope: { cycle_id: "monthly", account_ids: null }, target_date: "2026-12-01", dry_run: true, accounts: 70, invoices: 66, not_closed: 2, failed: 0, on_hold: 1, deferred: 1, waiting_approval: 1,
  failures: [], confirms: null, retries: null, partitions: 4, partitions_done: 4, totals: [{ currency: "EUR", amount: "2914.20" }, { currency: "GBP", amount: "311.04" }],
  started_at: now, started_by: "billing@demo.example", finished_at: now, version: 3, allowed_actions: [may("confirm"), may("cancel", false, "the run is previewed"), may("retry_failed", false, "a dry run has locked nothing")],
};

const runs: readonly Run[] = [
  plain,
  { ...plain, id: "run-8", status: "running", dry_run: false, target_date: "2026-11-15", scope: { cycle_id: null, account_ids: ["acc-0001", "acc-0002"] }, accounts: 2, invoices: 1, on_hold: 0, deferred: 0, waiting_approval: 0, not_closed: 0, partitions_done: 1, finished_at: null, totals: [{ currency: "EUR", amount: "29.88" }], allowed_actions: [may("confirm", false, "only a dry run that is through is confirmed"), may("cancel"), may("retry_failed", false, "it is running")] },
  {
    ...plain, id: "run-7", status: "completed", dry_run: false, target_date: "2026-11-01", invoices: 63, failed: 3, not_closed: 0, confirms: "run-6", failures: [{ reason: "tax_rate_missing", accounts: 2 }, { reason: "location_evidence_missing", accounts: 1 }],
    allowed_actions: [may("confirm", false, "only a dry run that is through is confirmed"), may("cancel", false, "the run is completed"), may("retry_failed")],
  },
];

const preview: Schemas["PreviewShape"] = {
  run_id: "run-9",
  plans: [{ plan_id: "fibre-300", currency: "EUR", invoices: 62, net: "2188.10" }, { plan_id: "fibre-300", currency: "GBP", invoices: 8, net: "259.20" }, { plan_id: "", currency: "EUR", invoices: 2, net: "240.40" }],
  warnings: [{ code: "no_usage", reason: null, invoices: 3, accounts: ["acc-0001", "acc-0002"] }, { code: "three_times_last", reason: null, invoices: 1, accounts: ["acc-0003"] }, { code: "missing_tax_data", reason: "tax_rate_missing", invoices: 2, accounts: ["acc-0002"] }],
  samples: [{ account_id: "acc-0003", invoice_id: "inv-0144", total: money("144.90"), before: money("41.20") }, { account_id: "acc-0001", invoice_id: "inv-0155", total: money("29.88"), before: null }],
  last_run: { id: "run-7", differences: [{ currency: "EUR", invoices: 58, invoices_before: 56, total: "2914.20", before: "2802.00", difference: "112.20" }, { currency: "GBP", invoices: 8, invoices_before: 8, total: "311.04", before: "320.00", difference: "-8.96" }] },
};

const none = { invoice_id: null, number: null, status: null, net: null, tax: null, total: null, unbilled_href: null, reason: null };
const results: readonly Schemas["RunResultShape"][] = [
  { account_id: "acc-0001", outcome: "invoiced", reason: null, invoice_id: "inv-0141", number: "MTR-2026-00141", status: "issued", net: money("24.90"), tax: money("4.98"), total: money("29.88"), unbilled_href: null },
  { ...none, account_id: "acc-0002", outcome: "failed", reason: "tax_rate_missing" },
  { ...none, account_id: "acc-0003", outcome: "failed", reason: "location_evidence_missing" },
  { ...none, account_id: "acc-0002", outcome: "not_closed", unbilled_href: "/v1/accounts/acc-0002/unbilled" },
  { ...none, account_id: "acc-0001", outcome: "on_hold", reason: "A dispute about the September bill" },
  { ...none, account_id: "acc-0002", invoice_id: "inv-0155", status: "draft", outcome: "waiting_approval", reason: "approval_required", total: money("144.90") },
  { ...none, account_id: "acc-0003", outcome: "deferred", reason: "below_minimum", total: money("0.40") },
];

export async function billingRuns(request: Request, { resource, id, part, query }: Asked): Promise<Response | null> {
  if (resource !== "billing-runs") return null;
  if (!id && request.method === "POST") {
    const body = (await request.json()) as Schemas["BillingRunBody"];
    if (!body.scope?.cycle_id && !body.scope?.account_ids?.length) return refusal("/scope", "one_scope", "Give a cycle or accounts.");
    return Response.json(body.dry_run ? plain : runs[1], { status: 201 });
  }
  const waits = ({ status }: Run) => query.get("to_confirm") !== "true" || status === "previewed";
  const among = (run: Run) => waits(run) && (query.getAll("status").length === 0 || query.getAll("status").includes(run.status));
  if (!id) return Response.json(pageOf(runs.filter(among), query));
  const run = runs.find((one) => one.id === id);
  if (!run) return Response.json({ title: "Not found", status: 404 }, { status: 404 });
  switch (part) {
    case "preview": return Response.json({ ...preview, run_id: id, ...(id === "run-7" ? { last_run: null, warnings: [] } : {}) });
    case "results": return Response.json(pageOf(results.filter(({ outcome }) => query.getAll("outcome").includes(outcome)), query));
    case "confirm": return Response.json(runs[1], { status: 201 });
    case "retry-failed": return Response.json({ ...runs[1], retries: id }, { status: 201 });
    case "cancel": return Response.json({ ...run, status: "cancelled", version: run.version + 1 });
    default: return Response.json(run);
  }
}

function refusal(pointer: string, code: string, detail: string): Response {
  return Response.json({ title: "Refused", status: 422, detail, errors: [{ pointer, code, detail }] }, { status: 422, headers: { "Content-Type": "application/problem+json" } });
}
