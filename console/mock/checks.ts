/** What the mock answers of what is demanded of invoices and what proves them: the operator's policy, clearance, proofs, late fees. */
import type { components } from "../src/api/schema.d.ts";
import { invoices, minor, money, now, today, type Invoice } from "./data.ts";
import { pageOf } from "./rating.ts";
import type { Asked } from "./ratingAnswers.ts";

type Schemas = components["schemas"];

const may = (...actions: string[]) => actions.map((action) => ({ action, allowed: true, reason: null }));
const eur = (amount: string) => ({ amount, currency: "EUR" });
const missing = () => Response.json({ title: "Not found", status: 404, errors: [] }, { status: 404 });

const demanded: Schemas["InvoicePolicyShape"] = {
  approval: { every: false, above: [eur("1000.00"), { amount: "1200.00", currency: "USD" }], four_eyes: true },
  clearance: [{ seller_country: "IT", authority: "SdI", buyer_country: null }, { seller_country: "PL", authority: "KSeF", buyer_country: "PL" }],
  numbering: { series: { invoice: "MTR", credit_note: "CN", debit_note: "DN" }, per_customer: false },
  version: 2, set_at: now, set_by: "admin@demo.example",
};

const step = (after_days: number, fee: Partial<Schemas["FeeBody"]>): Schemas["LateFeePolicyStepShape"] => ({ after_days, fee: { flat: null, percent: null, greater_of: null, daily_interest: null, ...fee } as Schemas["FeeBody"] });
const policy = (id: string, name: string, steps: Schemas["LateFeePolicyStepShape"][], more: Partial<Schemas["LateFeePolicyShape"]> = {}): Schemas["LateFeePolicyShape"] => ({
  id, name, currency: "EUR", grace_days: 3, minimum_overdue: "5.00", cap: { amount: "50.00", percent: null }, tax_class: null, fee_on_fees: false, steps, version: 1, accounts: 0, defined_at: now, allowed_actions: may("update", "delete"), ...more,
});
export const policies: readonly Schemas["LateFeePolicyShape"][] = [
  policy("standard", "Homes", [step(1, { flat: "5.00" }), step(14, { greater_of: { flat: "10.00", percent: "2" } })], { accounts: 4, version: 3 }),
  policy("business", "Companies, by law", [step(1, { daily_interest: { annual_rate: "8.15", days_in_year: "365" } }), step(1, { flat: "40.00" })], { cap: null, minimum_overdue: null }),
];

const asked: Omit<Schemas["LateFeeShape"], "id" | "step" | "kind" | "amount" | "status"> = {
  account_id: "acc-0002", invoice_id: "inv-0206", number: "MTR-2026-00206", due_on: "2026-11-16", currency: "EUR", base: eur("41.18"), charged_on: "2026-11-20", policy_id: "standard", policy_version: 3, capped: false,
  billed_on: null, line_n: null, waived_at: null, waived_reason: null, allowed_actions: [],
};
const fees: readonly Schemas["LateFeeShape"][] = [
  { ...asked, id: "fee-1", step: 1, kind: "flat", amount: eur("5.00"), status: "waiting", allowed_actions: may("waive") },
  { ...asked, id: "fee-2", step: 2, kind: "greater_of", amount: eur("10.00"), status: "waived", waived_at: now, waived_reason: "goodwill", allowed_actions: [{ action: "waive", allowed: false, reason: "it is waived" }] },
];
const coming: Schemas["UpcomingLateFee"] = {
  invoice_id: "inv-0206", number: "MTR-2026-00206", due_on: "2026-11-16", charged_on: "2026-12-03", step: 2, kind: "greater_of", amount: eur("10.00"), base: eur("41.18"),
  percent: "2", annual_rate: null, days_in_year: null, spans: [], capped: false, policy_id: "standard", policy_version: 3,
};

const terms = { records_in: 1_212, accepted: 1_200, duplicates: 9, conflicts: 1, malformed: 2, billed: 880, allowance: 200, unbilled: 90, parked: 12, not_billable: 4, retracted: 10, in_flight: 4, unplaced: 0 };
const conservation: Schemas["UsageReconciliation"] = {
  ...terms, balanced: false, total: 1, total_is_minimum: false, totals: [], next_cursor: null, as_of: now, quarantined: { no_subscription: 12 }, settled: false, waiting_for: ["rating"], in_flight_since: now, unbalanced: [], unbalanced_total: 0,
  disagreements: [{ account_id: "acc-0002", subscription_id: "sub-2", meter: "data.octets", period_start: "2026-11-01", usage_records: 41, usage_quantity: "1000", rated_records: 40, rated_quantity: "990", charged_records: 40 }], disagreements_total: 1,
  counted_twice: [{ source: "olt-7", id: "rec-billed", day: "2026-11-20", records: ["0190c1d2/3", "0190c1d4/8"] }], counted_twice_total: 1, kept_since: "2026-08-15", links: {}, items: [],
};

export async function checked(request: Request, { resource, id, part, n, query }: Asked): Promise<Response | null> {
  const isRead = request.method === "GET";
  if (resource === "invoice-policy") return Response.json(isRead ? demanded : { ...demanded, ...((await request.json()) as object), version: 3 });
  if (resource === "proof" && id === "conservation") return Response.json(conservation);
  if (resource === "late-fee-policies") return request.method === "DELETE" ? new Response(null, { status: 204 }) : Response.json(id ? policies.find((one) => one.id === id) ?? policies[0] : isRead ? pageOf(policies, query) : policies[0]);
  if (resource === "late-fees") return Response.json(id ? fees[0] : pageOf(fees.filter(({ account_id }) => account_id === (query.get("account_id") ?? account_id)), query));
  if (resource === "accounts" && part === "late-fees" && n === "upcoming") return Response.json({ account_id: id!, items: id === "acc-0002" ? [coming] : [], total: id === "acc-0002" ? 1 : 0, as_of: now } satisfies Schemas["UpcomingLateFees"]);
  if (resource === "accounts" && part === "balance") return Response.json({ account_id: id!, open: eur("41.18"), credit: eur("5.00"), balance: eur("36.18"), words: "you_owe", disputed: eur("0.00"), as_of: query.get("as_of"), known_at: null } satisfies Schemas["BalanceShape"]);
  if (part === "proof" && (resource === "invoices" || resource === "credit-notes")) return Response.json(proofOf(resource === "invoices" ? "invoice" : "credit_note", id!));
  if (resource === "credit-notes" && part === "send") return Response.json({ deliveries: [] } satisfies Schemas["SentShape"], { status: 201 });
  const invoice = resource === "invoices" ? invoices.find((one) => one.id === id) : undefined;
  if (part === "creditable") return invoice ? Response.json(creditable(invoice)) : missing();
  if (part === "clearance" && invoice) return Response.json({ ...invoice, clearance: { reference: null, reason: null, at: now, ...((await request.json()) as object) }, version: invoice.version + 1 });
  return null;
}

/** A discount took 0.50 off the first line of one of them. */
function creditable({ id, lines, net, total }: Invoice): Schemas["CreditableShape"] {
  return { invoice_id: id, lines: lines.map(({ n, net: of }) => ({ n, net: of, left: id === "inv-0208" && n === 1 ? money(minor(of) - 50n, of.currency) : of })), net, total };
}

function proofOf(kind: string, id: string): Schemas["ProofShape"] {
  const sha256 = "9f2c1a7be0d34c58a6f1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f607";
  return {
    kind, id, number: kind === "invoice" ? "MTR-2026-00206" : "CN-000001", issued_on: today, series_id: kind === "invoice" ? "INV" : "CN", n: 206, sha256, fingerprint: "9F2C-1A7B-E0D3-4C58", content_sha256: sha256, inputs_sha256: sha256,
    previous_sha256: sha256, previous: { n: 205, number: "MTR-2026-00205", kind: "invoice", id: "inv-0205" }, content: {}, inputs: [], link: {}, holds: kind === "invoice",
    differences: kind === "invoice" ? [] : [{ what: "content", stated: sha256, found: "07a91be3c5f2d4806b1e7c9a3d5f8021436587a9cbed0f1e2d3c4b5a69788796" }],
  };
}
