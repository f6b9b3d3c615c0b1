/** What the mock answers of dunning: two cases, a policy, a promise, and who would be affected. */
import type { components } from "../src/api/schema.d.ts";
import { now } from "./data.ts";
import { startJob } from "./kit.ts";
import { pageOf } from "./rating.ts";
import type { Asked } from "./ratingAnswers.ts";

type Schemas = components["schemas"];

const may = (...actions: string[]) => actions.map((action) => ({ action, allowed: true, reason: null }));
const eur = (amount: string) => ({ amount, currency: "EUR" });
const missing = () => Response.json({ title: "Not found", status: 404, errors: [] }, { status: 404 });
const letter = { language: "en", subject: "Your invoice is overdue", text: "{overdue} have been overdue for {days} days." };

const policies: Schemas["DunningPolicyShape"][] = [
  {
    id: "standard", name: "Standard", version: 2, is_default: true, accounts: 3, open_cases: 2, defined_at: now, minimums: [eur("5.00")], allowed_actions: may("update", "set_default", "delete"),
    steps: [
      { name: "Reminder", after_days: 10, letters: [letter], channels: [], fees: [], tax_class: null, service: null, collection: false, agency: null, terminate: false },
      { name: "Slow", after_days: 14, letters: [], channels: [], fees: [eur("5.00")], tax_class: null, service: { access: "throttled", profile: "slow", billing: "continue", paid_for: false }, collection: false, agency: null, terminate: false },
      { name: "Block", after_days: 21, letters: [letter], channels: [], fees: [], tax_class: null, service: { access: "blocked", profile: null, billing: "continue", paid_for: false }, collection: false, agency: null, terminate: false },
      { name: "End", after_days: 40, letters: [], channels: [], fees: [], tax_class: null, service: null, collection: true, agency: "nord", terminate: true },
    ],
  },
];

const blocked: Schemas["DunningCaseShape"] = {
  id: "dun-1", account_id: "acc-0002", status: "open", policy_id: "standard", policy_version: 2, opened_on: "2026-11-01", since: "2026-10-31", days_overdue: 23, overdue: eur("41.18"),
  step: 3, steps: 4, step_name: "Block", step_on: "2026-11-21", next_step_name: "End", look_on: "2026-12-10", access: "blocked", paused_until: null, pause_reason: null, promise: null,
  collection_on: null, terminated_on: null, cleared_on: null, cleared_for: null, recorded_at: now, allowed_actions: may("pause", "advance", "exempt", "promise"),
};
const promised: Schemas["DunningCaseShape"] = {
  ...blocked, id: "dun-2", account_id: "acc-0003", status: "promised", step: 1, step_name: "Reminder", next_step_name: "Slow", access: "open", days_overdue: 12, look_on: null,
  promise: { id: "pro-1", pay_by: "2026-11-30", amount: eur("18.00") }, allowed_actions: may("pause", "exempt"),
};
const cases = [blocked, promised];
const counts = { open: 1, promised: 1, paused: 0, cleared: 0 };
const coming: Schemas["ComingStepShape"][] = [{ on: "2026-12-10", step: 4, name: "End", access: "blocked", fee: null, terminate: true, collection: true }];
const history: Schemas["DunningEventShape"][] = [
  { kind: "DunningServicesNoted", detail: { outcome: "restricted", lines: ["sub-2"], left: [{ subscription_id: "sub-3", reason: "not_active" }] }, actor: "rating", recorded_at: now },
  { kind: "DunningStepReached", detail: { step: 3, name: "Block", overdue: "41.18" }, actor: "timer", recorded_at: now },
  { kind: "DunningCaseOpened", detail: { overdue: "41.18" }, actor: "timer", recorded_at: now },
];
const promises: Schemas["PromiseShape"][] = [
  { id: "pro-1", account_id: "acc-0003", amount: eur("18.00"), made_on: "2026-11-20", pay_by: "2026-11-30", restores: false, note: "by phone", made_by: "billing@demo.example", status: "open", paid: eur("0.00"), closed_on: null, closed_reason: null, recorded_at: now, invoices: [{ invoice_id: "inv-0209", amount: eur("18.00") }], allowed_actions: may("cancel") },
];
const handovers: Schemas["HandoverShape"][] = [
  { id: "handover-1", account_id: "acc-0002", case_id: "dun-1", agency: "nord", handed: eur("41.18"), left: eur("26.18"), handed_on: "2026-11-21", withdrawn_on: null, withdrawn_for: null, status: "handed_over", recorded_at: now, invoices: [{ invoice_id: "inv-0206", number: "MTR-2026-00206", due_on: "2026-10-31", left: eur("26.18") }] },
  { id: "handover-2", account_id: "acc-0003", case_id: "dun-0", agency: "nord", handed: eur("18.00"), left: eur("0.00"), handed_on: "2026-10-21", withdrawn_on: "2026-10-30", withdrawn_for: "settled", status: "withdrawn", recorded_at: now, invoices: [{ invoice_id: "inv-0209", number: "MTR-2026-00209", due_on: "2026-09-30", left: eur("0.00") }] },
];
const dry: Schemas["DryRunShape"] = {
  on: "2026-11-23", accounts: 1, total: 1, as_of: now, groups: [{ policy_id: "standard", step: 1, name: "Reminder", currency: "EUR", access: "open", accounts: 1, overdue: eur("29.90") }],
  items: [{ account_id: "acc-0004", policy_id: "standard", on: "2026-11-23", step: 1, name: "Reminder", overdue: eur("29.90"), days_overdue: 10, access: "open", fee: null, terminate: false }],
};

export async function dunned(request: Request, { resource, id, part, query }: Asked): Promise<Response | null> {
  if (resource === "promises") return Response.json(id || request.method === "POST" ? promises[0] : pageOf(promises, query));
  if (resource === "accounts" && part === "dunning") return Response.json(accountOf(id ?? ""));
  if (resource !== "dunning") return null;
  if (id === "settings") return Response.json({ policy_id: "standard" });
  if (id === "pause-jobs") return Response.json({ ...startJob(cases.length), kind: "dunning-pause" }, { status: 202 });
  if (id === "dry-run") return Response.json(dry);
  if (id === "handovers") return Response.json(pageOf(handovers, query));
  if (id === "agencies") return Response.json({ items: [{ agency: "nord", handovers: 1, moved_at: now }] } satisfies Schemas["AgencyPage"]);
  if (id === "policies") return Response.json(part || request.method === "POST" ? policies[0] : pageOf(policies, query));
  if (!part) return Response.json({ ...pageOf(cases, query), counts });
  const found = cases.find((one) => one.id === part);
  return found ? Response.json({ ...found, history, coming } satisfies Schemas["DunningCaseDetail"]) : missing();
}

function accountOf(account_id: string): Schemas["AccountDunningShape"] {
  const found = cases.find((one) => one.account_id === account_id) ?? null;
  return { account_id, policy_id: "standard", policy_source: "operator", exemption: null, case: found, coming: found ? coming : [], restricted_on: null, days_to_restriction: null };
}
