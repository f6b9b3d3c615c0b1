/**
 * A small internet provider to look at: invoices of three months in two currencies, payments, events. Always the same.
 *
 * It has the shapes of openapi.json and stands in for the stack in unit tests and in `npm run mock`; no figure of it
 * means anything. Amounts are counted in minor units and written as strings, as the services do.
 */
import type { components } from "../src/api/schema.d.ts";

type Schemas = components["schemas"];
export type Invoice = Schemas["InvoiceDetail"];
export type Payment = Schemas["PaymentShape"];
export type LogEvent = Schemas["Event"];

export const now = "2026-11-23T10:15:00Z";
export const today = "2026-11-23";

const months = ["2026-08", "2026-09", "2026-10"] as const;
const accounts = 70;
const vat_percent = 20n;

export function money(minor: bigint, currency: string): Schemas["MoneyBody"] {
  const sign = minor < 0n ? "-" : "";
  const digits = (minor < 0n ? -minor : minor).toString().padStart(3, "0");
  return { amount: `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`, currency };
}

export function minor(value: Schemas["MoneyBody"]): bigint {
  return BigInt(value.amount.replace(".", ""));
}

export function sum(values: readonly Schemas["MoneyBody"][]): string {
  return money(values.reduce((total, value) => total + minor(value), 0n), "EUR").amount;
}

function after(month: string, days: number): string {
  const first = new Date(`${month}-01T00:00:00Z`);
  first.setUTCMonth(first.getUTCMonth() + 1);
  return new Date(first.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

function daysSince(date: string): number {
  return Math.round((Date.parse(today) - Date.parse(date)) / 86_400_000);
}

function makeInvoice(month: string, monthIndex: number, account: number): Invoice {
  const n = monthIndex * accounts + account + 1;
  const currency = account % 9 === 4 ? "GBP" : "EUR";
  const octets = BigInt(40 + ((n * 7919) % 900)) * 1_073_741_824n + BigInt((n * 104_729) % 1_000_000);
  const seconds = BigInt((n * 613) % 9_000);
  const usage = (octets / 1_073_741_824n) * 3n;
  const voice = (seconds * 4n) / 60n;
  const net = 2_490n + usage + voice;
  const tax = (net * vat_percent + 50n) / 100n;
  const total = net + tax;
  const status = n % 41 === 0 ? "void" : monthIndex === 2 && account % 11 === 3 ? "draft" : "issued";
  const share = status !== "issued" ? 0n : monthIndex === 2 ? BigInt([0, 2, 0, 1][n % 4] ?? 0) : n % 13 === 0 ? 0n : n % 17 === 0 ? 1n : 2n;
  const paid = (total * share) / 2n;
  const period = { start: `${month}-01`, end: after(month, 0) };
  const line = (index: number, description: string, amount: bigint, meter: string | null, quantity: string | null) => ({
    n: index, description, plan_id: meter === "voice.seconds" ? "voice-metered" : "fibre-300", plan_version: meter === "voice.seconds" ? 1 : 3,
    kind: meter ? "usage" : "recurring", charge_id: `chg-${n}-${index}`, subscription_id: `sub-${account + 1}`, unit: meter?.split(".")[1] ?? null, records: meter ? 186 : 0,
    meter, quantity, period, net: money(amount, currency), gross: null, carried_from: null, account_id: null,
  });
  return {
    id: `inv-${String(n).padStart(4, "0")}`,
    number: status === "draft" ? null : `MTR-2026-${String(n).padStart(5, "0")}`,
    account_id: `acc-${String(account + 1).padStart(4, "0")}`,
    account_name: account === 6 ? "Brown & Sons" : null,
    status, carried_into: null, passed_to: null, passed_into: null, replaces: null, replaced_by: null,
    void_reason: status === "void" ? "duplicate" : null, voided_on: status === "void" ? after(month, 16) : null,
    payment_status: (["unpaid", "partially_paid", "paid"] as const)[Number(share)]!,
    issued_on: status === "draft" ? null : after(month, 1 + (account % 3)),
    due_on: status === "draft" ? null : after(month, 15 + (account % 3)),
    period,
    net: money(net, currency), tax: money(tax, currency), total: money(total, currency),
    paid: money(paid, currency), credited: money(0n, currency), written_off: money(0n, currency), due: money(status === "void" ? 0n : total - paid, currency),
    time_zone: "Europe/Paris",
    days_overdue: status === "issued" && total > paid ? Math.max(0, daysSince(after(month, 15 + (account % 3)))) : 0,
    cycle_id: "monthly", run_id: status === "draft" ? null : `run-${month}`, provisional: status === "draft",
    tax_groups: [{ category: "S", rate: "20", base: money(net, currency).amount, tax: money(tax, currency).amount }],
    allowances: [], payments: [], credits: [], credit_notes: [], debit_notes: [],
    kind: "invoice", corrects: null, reason: null, legal_entity: null, approval: null, clearance: { status: "none", authority: null, reference: null, reason: null, at: null },
    sent_at: null, delivery_status: null,
    version: status === "draft" ? 1 : 4,
    lines: [
      line(1, "Fibre 300, monthly fee", 2_490n, null, null),
      line(2, "Data beyond the allowance", usage, "data.octets", octets.toString()),
      line(3, "Calls to mobiles", voice, "voice.seconds", seconds.toString()),
    ],
    allowed_actions: [
      status === "draft"
        ? { action: "issue", allowed: account % 2 === 1, reason: account % 2 === 1 ? null : "The account is on hold" }
        : { action: "void", allowed: status === "issued" && paid === 0n, reason: status === "void" ? "the invoice is void" : paid > 0n ? "it is paid in part or in full: credit it" : null },
      ...(status === "draft" ? [] : ["send", "credit", "debit", "reissue"].map((action) => ({ action, allowed: status === "issued", reason: status === "issued" ? null : `the invoice is ${status}` }))),
    ],
  };
}

export const invoices: Invoice[] = months.flatMap((month, index) => Array.from({ length: accounts }, (_, account) => makeInvoice(month, index, account)));

// One of them was credited in part, and one was issued anew.
const inPart = invoices.find(({ id }) => id === "inv-0206")!;
Object.assign(inPart, {
  credited: money(300n, "EUR"), due: money(minor(inPart.due) - 300n, "EUR"),
  allowed_actions: inPart.allowed_actions.map((one) => (one.action === "void" ? { ...one, allowed: false, reason: "it is credited: credit what is left of it" } : one)),
});
Object.assign(invoices.find(({ id }) => id === "inv-0204")!, { replaced_by: "inv-0209" });
// One waits for an approval; one is with a tax authority; one was cleared by it, and raised by a debit note.
const waiting = invoices.find(({ id }) => id === "inv-0155")!;
Object.assign(waiting, {
  approval: { status: "waiting", asked_by: "billing@demo.example", by: null, reason: null },
  allowed_actions: [
    { action: "issue", allowed: false, reason: "it waits for an approval" },
    ...["approve", "reject"].map((action) => ({ action, allowed: true, reason: null })),
  ],
});
const submitted = invoices.find(({ id }) => id === "inv-0208")!;
Object.assign(submitted, {
  clearance: { status: "submitted", authority: "SdI", reference: null, reason: null, at: "2026-11-20T08:15:00Z" },
  allowed_actions: [...submitted.allowed_actions, { action: "report_clearance", allowed: true, reason: null }],
});
Object.assign(invoices.find(({ id }) => id === "inv-0209")!, {
  clearance: { status: "cleared", authority: "SdI", reference: "IT-4711", reason: null, at: "2026-11-20T08:15:00Z" },
  debit_notes: [{ id: "dn-1", number: "DN-000001", status: "issued", issued_on: today, reason: "missing_charge", total: money(4_800n, "EUR"), due: money(4_800n, "EUR") }],
});

export const payments: Payment[] = invoices
  .filter((invoice) => minor(invoice.paid) > 0n)
  .map((invoice, index) => ({
    id: `pay-${String(index + 1).padStart(4, "0")}`,
    account_id: invoice.account_id, amount: invoice.paid, method: index % 3 === 0 ? "card" : "bank_transfer",
    received_on: invoice.due_on ?? today, external_key: null,
    status: index % 9 === 8 ? "partially_refunded" : "succeeded", failure_code: null, hard_failure: null, reason: null,
    refunded: money(0n, invoice.paid.currency), charged_back: money(0n, invoice.paid.currency), charged_again: money(0n, invoice.paid.currency),
    allocated: invoice.paid, unallocated: { ...invoice.paid, amount: "0.00" }, invoice_id: invoice.id,
    recorded_at: now, version: 2, allowed_actions: ["allocate", "refund", "record_chargeback", "reverse"].map((action) => ({ action, allowed: true, reason: null })),
    allocations: [{ invoice_id: invoice.id, amount: invoice.paid }],
  }));

function event(offset: number, service: string, type: string, aggregate: string, account: string, at: string, data: Record<string, unknown>): LogEvent {
  return {
    id: `${service}/${offset % 4}/${1800 + offset}`, topic: `local.${service}.events`, type: `${service}.${type}.v1`, aggregate_id: aggregate, account_id: account,
    actor: service === "payments" ? "billing@demo.example" : "system", correlation_id: `run-${at.slice(0, 7)}`, causation_id: offset > 0 ? `${service}/${offset % 4}/${1799 + offset}` : null,
    recorded_at: at, version: offset, data,
  };
}

export function timelineOf(invoice: Invoice): LogEvent[] {
  const day = invoice.issued_on ?? today;
  const step = (offset: number, type: string, time: string, data: Record<string, unknown>) => event(offset, "invoicing", type, invoice.id, invoice.account_id, `${day}T${time}Z`, data);
  const drafted = step(1, "InvoiceDrafted", "02:00:04", { invoice_id: invoice.id, lines: invoice.lines.length, net: invoice.net });
  if (invoice.status === "draft") return [drafted];
  return [
    drafted,
    step(2, "InvoiceLocked", "02:00:05", { tax: { rate: "20", base: invoice.net.amount, tax: invoice.tax.amount } }),
    step(3, "NumberAssigned", "02:00:05", { series: "MTR-2026", number: invoice.number }),
    step(4, "InvoiceIssued", "02:00:06", { number: invoice.number, total: invoice.total, issued_on: invoice.issued_on, due_on: invoice.due_on }),
    ...(invoice.status === "void" ? [step(5, "InvoiceVoided", "09:12:40", { reason: "duplicate" })] : []),
  ];
}

export const recentEvents: LogEvent[] = invoices
  .filter(({ status }) => status === "issued")
  .slice(-14)
  .flatMap((invoice, index) => [
    event(index * 2, "invoicing", "InvoiceIssued", invoice.id, invoice.account_id, `2026-11-23T10:${String(14 - index).padStart(2, "0")}:31Z`, {}),
    event(index * 2 + 1, index % 3 === 0 ? "rating" : "payments", index % 3 === 0 ? "PeriodClosed" : "PaymentRecorded", index % 3 === 0 ? `sub-${index + 1}` : `pay-${index + 1}`, invoice.account_id, `2026-11-23T10:${String(14 - index).padStart(2, "0")}:02Z`, {}),
  ])
  .map(({ data: _data, ...rest }) => rest);
