/** Why a line of the mock costs what it does: its steps, the charge behind it, and 186 usage records behind that. */
import type { components } from "../src/api/schema.d.ts";
import { invoices, now, type Invoice } from "./data.ts";

type Schemas = components["schemas"];

const size = "1000000000";

export function explainedLine(invoice: Invoice, n: number): Schemas["ExplainedLineShape"] {
  const line = invoice.lines.find((candidate) => candidate.n === n)!;
  const counted = line.quantity ?? "1";
  return {
    ...line, invoice_id: invoice.id, unrounded: `${line.net.amount}0000000`, fraction: line.meter ? null : "1",
    steps: line.meter
      ? [
          { tier: "1", quantity: size, unit_price: "0", amount: "0.00" },
          { tier: "2", quantity: counted, unit_price: "0.03", unit_size: size, amount: line.net.amount },
        ]
      : [{ tier: "1", quantity: "1", unit_price: line.net.amount, amount: line.net.amount }],
    tariff: { plan_id: line.plan_id!, version: line.plan_version!, href: `/v1/plans/${line.plan_id}` },
    service_period: line.period,
    charge: { id: line.charge_id!, href: `/v1/charges/${line.charge_id}` }, charge_event: "rating/2/187",
    taxes: [{
      category: "S", rate: "20", base: line.net, tax: line.net, name: "", reason: null, kind: null, jurisdiction: null, rule: null, rate_id: null,
      rate_version: null, share: null, tax_round: null, lines: [], of_line: line.net.amount,
    }],
    origin: { kind: "charge", account_id: null, invoice_id: null, net: null, href: null }, credits: [],
  };
}

export function charge(id: string): Schemas["ExplainedCharge"] {
  const invoice = invoices.find(({ lines }) => lines.some(({ charge_id }) => charge_id === id))!;
  const line = explainedLine(invoice, invoice.lines.find(({ charge_id }) => charge_id === id)!.n);
  return {
    id, account_id: invoice.account_id, subscription_id: line.subscription_id!, plan_id: line.plan_id!, plan_version: line.plan_version!, price_index: line.n - 1,
    kind: line.kind, description: line.description, meter: line.meter, unit: line.unit, quantity: line.quantity, period: line.period, billing_period: line.period,
    n: line.n, amount: line.net, unrounded: line.unrounded, fraction: line.fraction, records: line.records, covered_records: 0, event: "rating/2/187", fixed_at: now,
    price: line.meter
      ? { model: "graduated", meter: line.meter, tiers: [{ up_to: size, unit_price: "0" }, { up_to: null, unit_price: "0.03", unit_size: size }] }
      : { model: "flat", amount: line.net.amount, bill: "arrears" },
    interval: line.meter ? null : "month", meters: {}, tax_class: null, includes_tax: false, settles: null, item: null, corrects: [], cause: null, evidence: null,
    plan_effective_from: "2026-08-01", steps: [],
    lineage: { items: [], total: line.records, next_cursor: null },
  };
}

export function chargeDays(): Schemas["ChargeDaysShape"] {
  const items = Array.from({ length: 3 }, (_, index) => ({ day: `2026-10-0${index + 1}`, meter: "data.octets", quantity: "9000000000", records: 62, first: [`usage/2/5${index}#0`] }));
  return { items, total: items.length, next_cursor: null };
}

const all = Array.from({ length: 186 }, (_, index) => `usage/${index % 4}/${50 + (index % 9)}#${index}`);

export function chargeRecords(query: URLSearchParams): Schemas["RecordsShape"] {
  const first = Number(query.get("cursor") ?? 0);
  const end = first + Number(query.get("limit") ?? 50);
  return { items: all.slice(first, end), total: all.length, next_cursor: end < all.length ? String(end) : null };
}

export function recordsCited(citations: readonly string[]): Schemas["UsageRecord"][] {
  return citations.map((citation) => ({
    citation, source: "olt-7", id: `rec-${citation.split("#")[1]}`, resource: "mac:d0:38:a4:62:1e:ce", meter: "data.octets", kind: "delta", quantity: "1240634057",
    started_at: "2026-10-28T12:20:00Z", recorded_at: now, account_id: "acc-0001", subscription_id: "sub-1", state: "billed", reason: null, detail: null,
  }));
}
