/** What the mock answers to a customer's link (`/customer-page#mc_…`), and to staff who make one. A link with "over" in it is over. */
import type { components } from "../src/api/schema.d.ts";
import { invoices, today } from "./data.ts";

type Schemas = components["schemas"];

const account = "acc-0002";
const own = invoices.filter(({ account_id, status }) => account_id === account && status !== "draft");
const EUR = (amount: string) => ({ amount, currency: "EUR" });

let links: Schemas["CustomerLinkView"][] = [link("l1", "2026-12-12T09:00:00Z")];

function link(id: string, expires_at: string): Schemas["CustomerLinkView"] {
  return { id, account_id: account, status: "active", made_by: "user:u1", made_at: "2026-11-12T09:00:00Z", expires_at, revoked_at: null, last_opened_at: null, allowed_actions: [] };
}

export function customerPage(request: Request, id: string | undefined, part: string | undefined, n: string | undefined): Response {
  if (request.headers.get("Authorization")?.includes("over") ?? true) return Response.json({ title: "Unauthorized", status: 401, errors: [] }, { status: 401 });
  if (!id) return Response.json(page());
  if (id === "usage") return Response.json(usage());
  if (id === "balance") return Response.json(balance());
  if (id === "credit-notes") return Response.json({ items: notes, total: notes.length, next_cursor: null });
  if (!part) return Response.json({ items: own.map(listed), total: own.length, next_cursor: null });
  if (n === "pdf") return new Response("%PDF-1.7", { headers: { "Content-Type": "application/pdf" } });
  if (n === "payment-link") return Response.json({ path: "/v1/payment-links/0123456789abcdef0123" });
  const found = own.find((one) => one.id === part);
  return found ? Response.json(detail(found)) : Response.json({ title: "Not Found", status: 404, errors: [] }, { status: 404 });
}

export async function customerLinks(request: Request, account_id: string, id: string | undefined): Promise<Response> {
  if (request.method === "GET") return Response.json({ items: links, total: links.length, totals: [], next_cursor: null });
  if (id === "revoke") {
    const revoked = links.length;
    links = [];
    return Response.json({ account_id, revoked });
  }
  if (id) return Response.json({ id, mail_id: "customer-1" }, { status: 202 });
  const { send } = (await request.json()) as { send: boolean };
  const made = link(`l${links.length + 2}`, "2026-12-23T10:15:00Z");
  links = [made, ...links];
  return Response.json({ ...made, token: "mc_l2_0123456789abcdef0123456789abcdef", path: "/customer-page#mc_l2_0123456789abcdef0123456789abcdef", mail_id: send ? "customer-1" : null }, { status: 201 });
}

const notes: readonly Schemas["CustomerCreditNote"][] = [
  { id: "cn-1", number: "CN-000007", invoice_id: "inv-1", invoice_number: "INV-000042", issued_on: "2026-11-05", reason: "service_outage", net: EUR("5.00"), tax: EUR("1.00"), total: EUR("6.00") },
];

function page(): Schemas["CustomerPageShape"] {
  return { name: "Ann Example", language: "en", currency: "EUR", time_zone: "Europe/Paris", today, status: "active", owed: EUR("68.40"), overdue: EUR("24.90"), link_expires_at: "2026-12-12T09:00:00Z" };
}

function balance(): Schemas["CustomerBalanceShape"] {
  return { mode: "postpaid", owed: EUR("68.40"), credit: EUR("0.00"), credit_limit: EUR("200.00"), available: EUR("119.20") };
}

function usage(): Schemas["CustomerUsageShape"] {
  const days = (most: number) => Array.from({ length: 23 }, (_, n) => ({ day: `2026-11-${String(n + 1).padStart(2, "0")}`, quantity: String(((n * 7919) % most) + 1) }));
  return {
    today, time_zone: "Europe/Paris", period: { start: "2026-11-01", end: "2026-12-01" }, accounts: 2, accounts_left_out: 0, meters_left_out: 0, allowances_left_out: 0, paid_by_another: false,
    meters: [
      { meter: "data.octets", name: "Data volume", unit: "octets", used_today: "2412388352", days: days(8_000_000_000) },
      { meter: "voice.seconds", name: "Call time", unit: "seconds", used_today: "754", days: days(4_000) },
      { meter: "lines.busy", name: "Busy lines", unit: "line", used_today: null, days: [] },
    ],
    allowances: [
      { plan: "Fibre 300", meter: "data.octets", name: "Data volume", unit: "octets", source: "plan", available: "300000000000", left: "112600000000", expires_on: null },
      { plan: "Fibre 300", meter: "data.octets", name: "Data volume", unit: "octets", source: "top_up", available: "50000000000", left: "50000000000", expires_on: "2027-01-01" },
      { plan: "Mobile with a name that is longer than anybody has room for on a small screen", meter: "voice.seconds", name: "Call time", unit: "seconds", source: "rollover", available: "36000", left: "0", expires_on: "2026-12-01" },
    ],
    unbilled: { amount: EUR("12.40"), net: EUR("12.40"), gross: EUR("0.00"), provisional: true },
    spend_limits: [{ threshold: EUR("10.00"), action: "notify", reached: true }, { threshold: EUR("50.00"), action: "cap", reached: false }],
  };
}

function listed({ id, number, kind, status, payment_status, issued_on, due_on, days_overdue, total, due }: (typeof own)[number]): Schemas["CustomerInvoice"] {
  return { id, number: number ?? "", kind: kind as "invoice", status, payment_status, issued_on: issued_on ?? "", due_on: due_on ?? "", days_overdue, total, due };
}

function detail({ id, number, issued_on, due_on, period, net, tax, total, lines }: (typeof own)[number]): Schemas["CustomerInvoiceShape"] {
  const days = (start: string) => Array.from({ length: 30 }, (_, n) => ({ day: `${start.slice(0, 8)}${String(n + 1).padStart(2, "0")}`, quantity: String(((n * 104_729) % 9_000_000_000) + 1) }));
  return {
    id, number: number ?? "", kind: "invoice", seller: "Northwind Telecom", issued_on: issued_on ?? "", due_on: due_on ?? "", period, net, tax, total, lines_left_out: 0,
    lines: lines.map((line) => ({ n: line.n, description: line.description, period: line.period, meter: line.meter, quantity: line.quantity, unit: line.unit, amount: line.net, includes_tax: false, days: line.meter ? days(line.period.start) : [] })),
  };
}
