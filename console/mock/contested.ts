/** What the mock answers of what is contested and given up, and of one payment: its refunds and chargebacks. */
import type { components } from "../src/api/schema.d.ts";
import { now, payments } from "./data.ts";
import { pageOf } from "./rating.ts";
import type { Asked } from "./ratingAnswers.ts";

type Schemas = components["schemas"];

const may = (...actions: string[]) => actions.map((action) => ({ action, allowed: true, reason: null }));
const eur = (amount: string) => ({ amount, currency: "EUR" });
const missing = () => Response.json({ title: "Not found", status: 404, errors: [] }, { status: 404 });
const by = "billing@demo.example";

const disputes: Schemas["DisputeShape"][] = [
  { id: "dp-1", invoice_id: "inv-0209", account_id: "acc-0002", amount: eur("15.00"), accepted: eur("0.00"), covered: eur("0.00"), status: "open", reason: "not supplied", note: "", opened_on: "2026-11-20", opened_by: by, recorded_at: now, resolved_on: null, resolution: null, allowed_actions: may("resolve") },
  { id: "dp-2", invoice_id: "inv-0206", account_id: "acc-0003", amount: eur("12.00"), accepted: eur("12.00"), covered: eur("4.00"), status: "accepted", reason: "slow line", note: "", opened_on: "2026-11-02", opened_by: by, recorded_at: now, resolved_on: "2026-11-09", resolution: "measured", allowed_actions: [] },
];
const writeOffs: Schemas["WriteOffShape"][] = [
  { id: "wo-1", invoice_id: "inv-0155", account_id: "acc-0004", amount: eur("29.90"), recovered: eur("10.00"), left: eur("19.90"), reason_code: "uncollectable", note: "", rounding: false, written_off_on: "2026-11-12", written_off_by: by, recorded_at: now, recovered_on: "2026-11-19", allowed_actions: may("recover") },
];
const owed: Schemas["ReceivableShape"][] = [
  { invoice_id: "inv-0209", number: "INV-000042", account_id: "acc-0002", amount: eur("36.04"), open: eur("36.04"), paid: eur("0.00"), credited: eur("0.00"), written_off: eur("0.00"), disputed: eur("15.00"), kind: "invoice", issued_on: "2026-11-01", due_on: "2026-11-15", status: "unpaid", allowed_actions: may("resolve_dispute", "write_off") },
];
const refunds: Schemas["RefundShape"][] = [
  { id: "rf-1", payment_id: "pay-0001", account_id: "acc-0002", amount: eur("5.00"), method: "card", reason: "cancelled early", note: "", external_key: null, adjusts: false, refunded_on: "2026-11-12", refunded_by: by, recorded_at: now, way: "transfer", status: "requested", gateway: "", outcome: "", reference: "", code: "", paid_on: null, late: false, moved_at: now, transfer_reference: "RF71RZQ22OWTPTZ2", allowed_actions: may("send", "confirm", "fail") },
  { id: "rf-2", payment_id: "pay-0001", account_id: "acc-0002", amount: eur("7.50"), method: "card", reason: "outage", note: "", external_key: null, adjusts: true, refunded_on: "2026-11-10", refunded_by: by, recorded_at: now, way: "gateway", status: "paid", gateway: "stripe", outcome: "succeeded", reference: "re_1", code: "", paid_on: "2026-11-10", late: false, moved_at: now, transfer_reference: null, allowed_actions: may("fail") },
  { id: "rf-3", payment_id: "pay-0003", account_id: "acc-0003", amount: eur("29.90"), method: "card", reason: "paid twice", note: "", external_key: null, adjusts: false, refunded_on: "2026-11-18", refunded_by: by, recorded_at: now, way: "gateway", status: "sent", gateway: "mpesa", outcome: "unknown", reference: "", code: "", paid_on: null, late: false, moved_at: now, transfer_reference: null, allowed_actions: may("confirm", "fail") },
  { id: "rf-4", payment_id: "pay-0004", account_id: "acc-0004", amount: eur("12.00"), method: "bank_transfer", reason: "moved away", note: "", external_key: null, adjusts: false, refunded_on: "2026-11-04", refunded_by: by, recorded_at: now, way: "transfer", status: "failed", gateway: "", outcome: "failed", reference: "", code: "account_closed", paid_on: null, late: false, moved_at: now, transfer_reference: "RF18RZQ22OWTPTZ9", allowed_actions: [] },
];
const chargebacks: Schemas["ChargebackShape"][] = [
  { id: "cb-1", payment_id: "pay-0001", account_id: "acc-0002", amount: eur("20.00"), paid_back_before: eur("5.00"), owed_as: "adj-1", fee: eur("15.00"), fee_returned: eur("0.00"), reason: "fraud", note: "", external_key: null, received_on: "2026-11-20", status: "recorded", recorded_by: by, recorded_at: now, reversed_on: null, reversal_reason: null, allowed_actions: may("reverse") },
  { id: "cb-2", payment_id: "pay-0001", account_id: "acc-0002", amount: eur("10.00"), paid_back_before: eur("0.00"), owed_as: null, fee: eur("15.00"), fee_returned: eur("15.00"), reason: "not recognised", note: "", external_key: null, received_on: "2026-10-08", status: "reversed", recorded_by: by, recorded_at: now, reversed_on: "2026-11-02", reversal_reason: "shown to be theirs", allowed_actions: [] },
];

export function contested(_: Request, { resource, id, part, query }: Asked): Response | null {
  if (resource === "disputes") return Response.json(pageOf(disputes, query));
  if (resource === "write-offs") return Response.json(id ? { id, items: writeOffs } : pageOf(writeOffs, query));
  if (resource === "refunds") return Response.json(id ? refunds.find((one) => one.id === id) ?? refunds[0] : pageOf(refunds, query));
  if (resource === "receivables") return Response.json(disputes[0]);
  if (resource === "accounts" && part === "receivables") return Response.json(pageOf(owed, query));
  if (resource !== "payments" || !id) return null;
  if (part === "refunds") return Response.json(pageOf(refunds.filter((one) => one.payment_id === "pay-0001"), query));
  if (part === "chargebacks") return Response.json(pageOf(chargebacks, query));
  const found = payments.find((one) => one.id === id) ?? payments[0];
  return found ? Response.json({ ...found, id }) : missing();
}
