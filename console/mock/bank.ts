/** What the mock answers of the bank: a statement with what its entries pay, a run of direct debits, methods and mandates. */
import type { components } from "../src/api/schema.d.ts";
import { now } from "./data.ts";
import { pageOf } from "./rating.ts";
import type { Asked } from "./ratingAnswers.ts";

type Schemas = components["schemas"];
type Entry = Schemas["BankEntryShape"];

const may = (...actions: string[]) => actions.map((action) => ({ action, allowed: true, reason: null }));
const eur = (amount: string) => ({ amount, currency: "EUR" });
const missing = () => Response.json({ title: "Not found", status: 404, errors: [] }, { status: 404 });

const statement: Schemas["BankStatementShape"] = {
  id: "bs-1", bank_account: "DE89370400440532013000", currency: "EUR", status: "matched", format: "camt", name: "november.xml", reference: "S-7", sha256: "00", entries: 3, taken: 3, repeated: 0,
  counts: { exact: 1, probable: 1, unmatched: 1, booking: 0, booked: 0, ignored: 0, outgoing: 0 }, net: eur("106.04"), opening: eur("1000.00"), closing: eur("1106.04"), balanced: true, from_on: "2026-11-08", to_on: "2026-11-09",
  recorded_at: now, others: [], allowed_actions: may("process", "match"),
};
const entry = (id: string, confidence: Entry["confidence"], more: Partial<Entry>): Entry => ({
  id, statement_id: "bs-1", booked_on: "2026-11-09", value_on: null, amount: eur("36.04"), name: "Ann Example", iban: "", text: "INV-000042", creditor_reference: "", bank_reference: "", end_to_end_id: "", mandate_id: "", return_code: "",
  status: "open", confidence, candidates: [], account_id: null, invoice_id: null, payment_id: null, paired_by: null, code: null, detail: "", allowed_actions: may("pair", "ignore"), ...more,
});
const seems = (reasons: string[]) => [{ account_id: "acc-0002", invoice_id: "inv-0209", number: "INV-000042", open: eur("36.04"), reasons, also: [] }];
const entries: Entry[] = [
  entry("be-1", "exact", { candidates: seems(["invoice_number", "amount"]) }),
  entry("be-2", "probable", { amount: eur("30.00"), text: "part of INV-000042", candidates: seems(["invoice_number", "other_amount"]), allowed_actions: may("confirm", "pair", "ignore") }),
  entry("be-3", "none", { amount: eur("40.00"), name: "Unknown GmbH", text: "thank you" }),
];
const run: Schemas["DirectDebitRunShape"] = {
  id: "ddr-1", scheme: "CORE", collection_date: "2026-11-30", debits: 2, total: eur("72.08"), collected: eur("36.04"), counts: { placed: 0, booked: 1, returned: 1, cancelled: 0, refused: 0 }, placing: false, status: "submitted", booked_on: null,
  recorded_at: now, allowed_actions: may("submit", "book", "cancel"),
};
const debit = (id: string, more: Partial<Schemas["DirectDebitShape"]>): Schemas["DirectDebitShape"] => ({
  id, run_id: "ddr-1", account_id: "acc-0002", invoice_id: "inv-0209", number: "INV-000042", mandate_id: "MND-2", signed_on: "2026-01-05", sequence: "RCUR", currency: "EUR", amount: eur("36.04"), collection_date: "2026-11-30",
  status: "booked", booked_on: "2026-11-30", returned_on: null, code: "", detail: "", allowed_actions: may("return"), ...more,
});
const debits = [debit("dd-1", {}), debit("dd-2", { account_id: "acc-0003", number: "INV-000043", mandate_id: "MND-3", status: "returned", booked_on: null, returned_on: "2026-12-02", code: "AM04", detail: "insufficient funds", allowed_actions: [] })];

const collection = (id: string, more: Partial<Schemas["CollectionShape"]>): Schemas["CollectionShape"] => ({
  id, account_id: "acc-0002", invoice_id: "inv-0209", payment_method_id: "pm-2", gateway: "stripe", amount: eur("36.04"), status: "waiting", attempts: 1, due_at: now, outcome: "failed", reference: "pi_1", code: "insufficient_funds", action_url: "",
  stopping: "", late: false, asked_at: now, moved_at: now, told_at: null, pay_to: null, allowed_actions: may("retry", "stop"), ...more,
});
const collections = [
  collection("col-1", {}),
  collection("col-2", { account_id: "acc-0003", status: "pending", outcome: "action_required", code: "", due_at: null, allowed_actions: may("stop") }),
  collection("col-3", { status: "succeeded", outcome: "succeeded", code: "stolen_card", late: true, due_at: null, allowed_actions: [] }),
];
const method = (id: string, more: Partial<Schemas["PaymentMethodShape"]>): Schemas["PaymentMethodShape"] => ({
  id, account_id: "acc-0002", kind: "card", label: "Visa •••4242", gateway: "stripe", declined: "", preferred: false, status: "active", holder: "", iban: "", phone: "", allowed_actions: may("prefer", "remove"), ...more,
});
const onCard = method("pm-2", { preferred: true, allowed_actions: may("remove") });
const byTransfer = method("pm-3", { kind: "bank_transfer", label: "bank_transfer", gateway: "bank_transfer" });
const gateway = (name: string, more: Partial<Schemas["GatewayShape"]>): Schemas["GatewayShape"] => ({
  name, configured: true, base_url: "", merchant: "", callback_url: "", path: `/v1/gateways/${name}/webhook`, succeeded: 41, failed: 3, unanswered: 0, under_way: 2, told_at: now, ...more,
});
const gateways = [gateway("mpesa", { merchant: "174379", callback_url: "https://billing.northwind.example", unanswered: 1 }), gateway("stripe", {}), gateway("test", { configured: false, succeeded: 0, failed: 0, under_way: 0, told_at: null })];
const settings: Schemas["SettingsShape"] = {
  allocation: "oldest_due", tolerances: { EUR: "0.05" }, adjustment_limits: { support: { EUR: "50.00" } }, refund_limits: { support: { EUR: "20.00" } }, write_off_limits: {}, top_ups: { EUR: { minimum: "5.00", maximum: "500.00" } }, collect: "on_due", retry_days: [1, 3, 5], fallback: true, abandon_hours: 24, version: 2, changed_at: now,
};

export function banked(request: Request, { resource, id, part, query }: Asked): Response | null {
  if (resource === "bank-statements") {
    if (!id) return Response.json(request.method === "POST" ? statement : pageOf([statement], query));
    return part === "matches" ? Response.json(pageOf(entries, query)) : Response.json(part === "entries" ? entries[0] : statement);
  }
  if (resource === "direct-debits") {
    if (!id) return Response.json(pageOf([run], query));
    return id === "creditor" ? missing() : Response.json(part === "debits" ? pageOf(debits, query) : run);
  }
  if (resource === "collections") return Response.json(id ? collections[0] : pageOf(collections, query));
  if (resource === "gateways") return Response.json(id ? gateways[0] : { items: gateways });
  if (resource === "payment-settings") return Response.json(settings);
  if (resource === "payment-methods" && !id) return Response.json(request.method === "POST" ? byTransfer : pageOf([onCard, byTransfer], query), { status: request.method === "POST" ? 201 : 200 });
  return resource === "payment-methods" || resource === "mandates" ? Response.json(pageOf([], query)) : null;
}
