/**
 * What the mock API answers: `answer(request)` for unit tests (MSW) and for the mock server alike.
 *
 * Any password but "wrong" opens a session; the cookie `session` carries it. Lists filter, sort and page as docs/api.md says.
 */
import { accessed } from "./access.ts";
import { hooked } from "./webhooks.ts";
import { banked } from "./bank.ts";
import { contested } from "./contested.ts";
import { checked } from "./checks.ts";
import { customerLinks, customerPage } from "./customerPage.ts";
import { invoices, now, payments, sum, timelineOf, today, type Invoice } from "./data.ts";
import { delivered } from "./deliveries.ts";
import { discounted } from "./discounts.ts";
import { dunned } from "./dunning.ts";
import { limited } from "./limits.ts";
import { charge, chargeDays, chargeRecords, explainedLine } from "./explain.ts";
import { corrected } from "./invoicing.ts";
import { cancelJob, deleteView, readJob, saveView, savedViews, startJob } from "./kit.ts";
import { journalled } from "./journal.ts";
import { network } from "./network.ts";
import { attention, health, nextRuns, overview, readiness, rebuilds } from "./overview.ts";
import { pageOf } from "./rating.ts";
import { rating } from "./ratingAnswers.ts";
import { figured } from "./figures.ts";
import { reported } from "./reports.ts";
import { billingRuns } from "./runs.ts";
import { setUp } from "./setup.ts";
import { tariffs } from "./tariffs.ts";
import { trailed } from "./trail.ts";
import { usage } from "./usage.ts";
import { vouchered } from "./vouchers.ts";

const member = { email: "billing@demo.example", role: "billing", allowed: ["read", "report_usage", "write", "issue", "record_payment", "audit", "personal_data"], name: null, second_factor: "off", recovery_codes: 0, authenticator: false, passkeys: 0, has_password: true, method: "password", legal_entities: null, scopes: [], demo: false };

/** May all that there is; `demo`, for somebody has to see what the demo says of itself. */
const admin = { ...member, email: "admin@demo.example", role: "admin", allowed: [...member.allowed, "manage_access"], demo: true };

export async function answer(request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const [resource = "", id, part, n] = pathname.replace(/^\/v1\//, "").split("/").map(decodeURIComponent);
  if (pathname === "/readyz") return Response.json(readiness());
  if (resource === "session" && id === "password-link") return new Response(null, { status: 204 });
  if (resource === "session" && !id) return session(request);
  if (resource === "session" && id === "provider" && !part && request.method === "GET") return Response.json({ name: "Acme" });
  if (resource === "customer-page") return customerPage(request, id, part, n);
  if (!signedIn(request)) return problem(401, "Not signed in");
  if (resource === "accounts" && id && part === "customer-links") return customerLinks(request, id, n);
  const asked = { resource, id, part, n, query: searchParams };
  const corrects = trailed(request, asked) ?? (await accessed(request, asked)) ?? hooked(request, asked) ?? (await checked(request, asked)) ?? (await corrected(request, asked)) ?? (await discounted(request, asked)) ?? (await delivered(request, asked)) ?? (await dunned(request, asked)) ?? limited(request, asked) ?? banked(request, asked) ?? contested(request, asked) ?? vouchered(request, asked) ?? journalled(asked) ?? reported(request, asked) ?? figured(asked) ?? (await billingRuns(request, asked)) ?? (await setUp(request, asked));
  if (corrects) return corrects;
  if (resource === "invoices" && id) return oneInvoice(request, id, part, n);
  if (resource === "saved-views") return views(request, id);
  if (resource === "report-jobs") return id ? new Response("number,total\n", { headers: { "Content-Type": "text/csv" } }) : Response.json(startJob(3), { status: 202 });
  if (resource === "jobs" && id) return job(request, id);
  const told = await network(request, asked);
  if (told) return told;
  const used = await usage(request, asked);
  if (used) return used;
  const rated = (await tariffs(request, asked)) ?? (await rating(request, asked));
  if (rated) return rated;
  if (resource === "charges" && id) return Response.json(part === "records" ? chargeRecords(searchParams) : part === "days" ? chargeDays() : charge(id));
  const bodies: Readonly<Record<string, () => unknown>> = {
    "/v1/clock": () => ({ now, test: true }),
    "/v1/overview": overview,
    "/v1/overview/attention": attention,
    "/v1/health/services": health,
    "/v1/overview/next-runs": nextRuns,
    "/v1/proof/rebuilds": () => rebuilds(searchParams),
    "/v1/search": () => ({ items: found(searchParams.get("q") ?? "") }),
    "/v1/invoices": () => listInvoices(searchParams),
    "/v1/payments": () => pageOf(payments.filter(({ invoice_id }) => invoice_id === (searchParams.get("invoice_id") ?? invoice_id)), searchParams),
  };
  const body = bodies[pathname];
  return body ? Response.json(body()) : problem(404, "No such resource");
}

export function problem(status: number, title: string, detail?: string): Response {
  const body = { type: "about:blank", title, status, detail, errors: [], trace_id: "4bf92f3577b34da6a3ce929d0e0e4736" };
  return Response.json(body, { status, headers: { "Content-Type": "application/problem+json" } });
}

async function session(request: Request): Promise<Response> {
  if (request.method === "DELETE") return new Response(null, { status: 204, headers: { "Set-Cookie": "session=; Path=/; Max-Age=0" } });
  if (request.method === "GET") return signedIn(request) ? Response.json(/session=demo-admin/.test(request.headers.get("Cookie") ?? "") ? admin : member) : problem(401, "Not signed in");
  const { email, password } = (await request.json()) as { email?: string; password: string };
  if (password === "wrong") return problem(401, "Wrong email or password");
  if (email === admin.email) return Response.json(admin, { headers: { "Set-Cookie": "session=demo-admin; Path=/; HttpOnly; SameSite=Strict" } });
  return Response.json(member, { headers: { "Set-Cookie": "session=demo; Path=/; HttpOnly; SameSite=Strict" } });
}

function signedIn(request: Request): boolean {
  return /(^|;\s*)session=demo/.test(request.headers.get("Cookie") ?? "");
}

function oneInvoice(request: Request, id: string, part: string | undefined, n: string | undefined): Response {
  const invoice = invoices.find((candidate) => candidate.id === id);
  if (!invoice) return problem(404, "No such invoice", `There is no invoice ${id}.`);
  if (part === "lines" && n) return Response.json(explainedLine(invoice, Number(n)));
  if (part === "timeline") return Response.json({ items: timelineOf(invoice) });
  if (part === "pdf") return new Response(pdf(invoice), { headers: { "Content-Type": "application/pdf" } });
  if (part === "issue" && request.method === "POST") return issue(request, invoice);
  return Response.json(invoice);
}

async function views(request: Request, id: string | undefined): Promise<Response> {
  if (request.method === "POST") return Response.json(saveView((await request.json()) as Parameters<typeof saveView>[0]), { status: 201 });
  if (request.method !== "DELETE" || !id) return Response.json(savedViews(new URL(request.url).searchParams.get("list")));
  deleteView(id);
  return new Response(null, { status: 204 });
}

function job(request: Request, id: string): Response {
  const found = request.method === "POST" ? cancelJob(id) : readJob(id);
  return found ? Response.json(found) : problem(404, "No such job", `There is no job ${id}.`);
}

function issue(request: Request, invoice: Invoice): Response {
  if (request.headers.get("If-Match") !== String(invoice.version)) return problem(412, "The invoice has changed");
  Object.assign(invoice, { status: "issued", payment_status: "unpaid", number: `MTR-2026-9${invoice.id.slice(-4)}`, issued_on: today, due_on: "2026-12-07", version: 4, allowed_actions: [] });
  return Response.json(invoice, { headers: { Position: "invoicing/1@2001" } });
}

function listInvoices(query: URLSearchParams) {
  const found = invoices.filter((invoice) => matches(invoice, query)).sort(by(query.get("sort") ?? "-number"));
  const page = Number(query.get("page") ?? 1);
  const size = Number(query.get("size") ?? query.get("limit") ?? 50);
  const currencies = [...new Set(found.map(({ total }) => total.currency))].sort();
  const of = (currency: string) => found.filter(({ total }) => total.currency === currency);
  return {
    items: found.slice((page - 1) * size, page * size).map(({ lines: _lines, ...invoice }) => invoice),
    total: found.length,
    totals: currencies.map((currency) => ({ currency, amount: sum(of(currency).map(({ total }) => total)), due: sum(of(currency).map(({ due }) => due)) })),
    next_cursor: null,
    as_of: now,
  };
}

/** Invoices by number and accounts by id, by their beginnings in any case, as the service finds them. */
function found(q: string) {
  const begins = (text: string | null) => text?.toLowerCase().startsWith(q.toLowerCase()) ?? false;
  const accounts = [...new Set(invoices.map(({ account_id }) => account_id))].filter(begins).slice(0, 8);
  return [
    ...accounts.map((id) => ({ kind: "account", id, label: id, account_id: id, account_name: null })),
    ...invoices.filter(({ number, id }) => begins(number) || begins(id)).slice(0, 8).map(({ id, number, account_id }) => ({ kind: "invoice", id, label: number ?? id, account_id, account_name: null })),
  ];
}

function matches(invoice: Invoice, query: URLSearchParams): boolean {
  const among = (name: string, value: string | null | undefined) => query.getAll(name).length === 0 || query.getAll(name).includes(value ?? "");
  const text = query.get("q")?.toLowerCase() ?? "";
  return (
    among("id", invoice.id) && among("status", invoice.status) && among("payment_status", invoice.payment_status) && among("account_id", invoice.account_id) &&
    (query.get("overdue") !== "true" || invoice.days_overdue > 0) &&
    (invoice.issued_on ?? "") >= (query.get("from") ?? "") && (invoice.issued_on ?? "") <= (query.get("to") ?? "~") &&
    [invoice.number, invoice.id, invoice.account_id].some((field) => field?.toLowerCase().includes(text))
  );
}

function by(sort: string): (left: Invoice, right: Invoice) => number {
  const field = sort.replace(/^-/, "") as keyof Invoice;
  const sign = sort.startsWith("-") ? -1 : 1;
  const key = (invoice: Invoice): string => {
    const value = invoice[field];
    return typeof value === "object" && value !== null && "amount" in value ? value.amount.padStart(24, "0") : String(value ?? "");
  };
  return (left, right) => sign * key(left).localeCompare(key(right));
}

function pdf(invoice: Invoice): string {
  return `%PDF-1.4\n% ${invoice.number}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`;
}
