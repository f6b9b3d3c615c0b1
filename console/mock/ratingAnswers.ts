/** What the mock answers of cycles, plans, customers and subscriptions; null for what is not among them. */
import { accounts, configOf, cycles, effectOf, offerings, pageOf, periodsFrom, plans, quoted, simulated, subscriptions, unbilledOf, type Account, type Cycle, type Plan } from "./rating.ts";
import { corrections } from "./correctionAnswers.ts";

export interface Asked {
  resource: string;
  id: string | undefined;
  part: string | undefined;
  n: string | undefined;
  query: URLSearchParams;
}

export async function rating(request: Request, asked: Asked): Promise<Response | null> {
  const corrected = await corrections(request, asked);
  if (corrected) return corrected;
  switch (asked.resource) {
    case "billing-cycles": return billingCycles(request, asked);
    case "accounts": return customers(request, asked);
    case "customer-configs": return configs(asked);
    case "subscriptions": return services(request, asked);
    case "plans": return tariffs(request, asked);
    case "services": return catalogue(request, asked);
    case "pricing": return Response.json(quoted((await request.json()) as Parameters<typeof quoted>[0]));
    default: return null;
  }
}

async function billingCycles(request: Request, { id, part, query }: Asked): Promise<Response> {
  if (!id && request.method === "POST") {
    const body = (await request.json()) as Partial<Cycle>;
    if (body.time_zone === "Mars/Base") return refusal("/time_zone", "unknown_time_zone", "There is no time zone Mars/Base.");
    return Response.json({ ...cycles[0], ...body, id: body.id ?? "new-cycle" }, { status: 201 });
  }
  if (!id) return Response.json(pageOf(cycles.filter(({ name }) => !query.get("name") || name === query.get("name")), query));
  const cycle = cycles.find((one) => one.id === id);
  if (!cycle) return missing(id);
  if (request.method !== "GET" && request.headers.get("If-Match") !== String(cycle.version)) return changed();
  if (request.method === "DELETE") return Response.json({ ...cycle, status: "deleted" });
  if (request.method === "PUT") return Response.json({ ...cycle, ...((await request.json()) as Partial<Cycle>) });
  if (part === "closing") return Response.json({ cycle_id: cycle.id, accounts: cycle.accounts, as_of: "2026-11-23T10:15:00Z", items: [{ reason: "usage_parked", accounts: 2, detail: "2 parked inputs hold the sums; requeue them.", next_at: null, examples: ["acc-0001", "acc-0002"] }] });
  return Response.json(part === "periods" ? { items: periodsFrom(cycle.anchor_day, Number(query.get("count") ?? 6)) } : cycle);
}

async function customers(request: Request, { id, part, query }: Asked): Promise<Response> {
  if (!id && request.method === "POST") {
    const body = (await request.json()) as Partial<Account>;
    if (body.currency === "XXX") return refusal("/currency", "unknown_currency", "XXX is no currency that can be billed.");
    return Response.json({ ...accounts[0], ...body, id: body.id ?? "acc-0001" }, { status: 201 });
  }
  const among = (value: string) => query.getAll("cycle_id").length === 0 || query.getAll("cycle_id").includes(value);
  if (!id) return Response.json(pageOf(accounts.filter(({ id: own, name, cycle_id }) => wanted(query, own) && among(cycle_id) && name.toLowerCase().includes((query.get("q") ?? "").toLowerCase())), query));
  const account = accounts.find((one) => one.id === id);
  if (!account) return missing(id);
  if (request.method !== "GET") return changeAccount(request, account, part);
  return Response.json(part === "unbilled" ? unbilledOf(account) : account);
}

async function changeAccount(request: Request, account: Account, part: string | undefined): Promise<Response> {
  const body = (request.headers.get("Content-Type") ? await request.json() : {}) as Record<string, unknown>;
  if (part === "cycle" && body["preview"]) {
    const periods = periodsFrom(31, 3);
    return Response.json({ account_id: account.id, cycle_id: body["cycle_id"], effective_on: "2026-12-01", transition: { start: "2026-12-01", end: "2026-12-31" }, periods, lines: [], preview: true, version: account.version });
  }
  if (request.headers.get("If-Match") !== String(account.version)) return changed();
  if (part === "hold" && String(body["reason"]).length < 3) return refusal("/reason", "too_short", "Say why in a few words.");
  return Response.json({ ...account, ...(part ? {} : body) });
}

function configs({ id, query }: Asked): Response {
  const q = (query.get("q") ?? "").toLowerCase();
  const found = accounts.filter(({ parent_id }) => query.getAll("parent_id").length === 0 || query.getAll("parent_id").includes(parent_id ?? "")).filter(({ id, name }) => id.startsWith(q) || name.toLowerCase().includes(q)).map(configOf);
  const owed = found.filter(({ overdue }) => query.get("overdue") !== "true" || overdue.amount !== "0.00");
  if (!id) return Response.json(pageOf(owed.filter(({ cycle }) => query.getAll("cycle_id").length === 0 || query.getAll("cycle_id").includes(String(cycle["id"]))), query));
  const account = accounts.find((one) => one.id === id);
  return account ? Response.json(configOf(account)) : missing(id);
}

async function tariffs(request: Request, { id, part, n, query }: Asked): Promise<Response> {
  const body = (request.headers.get("Content-Type") ? await request.json() : {}) as Partial<Plan> & { quantities?: Record<string, string>; effective_from?: string };
  const prices = (body.prices ?? []) as unknown as { meter?: string; tiers?: unknown[] }[];
  const wrong = prices.findIndex(({ meter }) => meter === "data.furlongs");
  if (wrong >= 0) return refusal(`/prices/${wrong}/meter`, "unknown_meter", "There is no meter data.furlongs.");
  if (!id && request.method === "POST") return Response.json({ ...plans[1], ...body, id: body.id ?? "fibre-new" }, { status: 201 });
  if (!id) return Response.json(pageOf(plans.filter(({ id: own, status, name }) => wanted(query, own) && (query.getAll("status").length === 0 || query.getAll("status").includes(status)) && name.toLowerCase().startsWith((query.get("q") ?? "").toLowerCase())), query));
  const plan = plans.find((one) => one.id === id);
  if (!plan) return missing(id);
  if (part === "simulate") return Response.json(simulated(plan, body));
  if (part === "compare") {
    return Response.json({ from: { plan_id: id, version: 1 }, to: { plan_id: id, version: 2 }, same: 1, fields: [], prices: [{ change: "changed", from: "/prices/0", to: "/prices/0", sentence: "€29.90 per month", fields: [{ pointer: "/amount", change: "changed", old: "24.90", new: "29.90" }] }] });
  }
  if (request.method === "PUT" && request.headers.get("If-Match") !== String(plan.revision)) return changed();
  if (n !== undefined && body.effective_from && body.effective_from < "2026-11-23") return refusal("/effective_from", "in_the_past", "A later version begins today or later.");
  return Response.json(plan, { status: request.method === "POST" && part === "versions" && n === undefined ? 201 : 200 });
}

/** `id=a&id=b` asks for these. */
function wanted(query: URLSearchParams, id: string): boolean {
  return query.getAll("id").length === 0 || query.getAll("id").includes(id);
}

async function catalogue(request: Request, { id, query }: Asked): Promise<Response> {
  if (!id && request.method === "POST") return Response.json({ ...offerings[0], ...((await request.json()) as object), id: "new" }, { status: 201 });
  return Response.json(id ? offerings[0] : pageOf(offerings, query));
}

async function services(request: Request, { id, part, query }: Asked): Promise<Response> {
  if (!id && request.method === "POST") {
    const body = (await request.json()) as { start: string; preview?: boolean };
    if (body.start >= "2026-06-01" && body.preview) return Response.json(effectOf(body));
    if (body.start < "2026-06-01") return refusal("/start", "too_early", "The service can't start before the account was opened.");
    return Response.json({ ...subscriptions[0], ...body, id: "sub-new" }, { status: 201 });
  }
  const among = (name: string, value: string) => query.getAll(name).length === 0 || query.getAll(name).includes(value);
  if (!id) return Response.json(pageOf(subscriptions.filter((one) => among("account_id", one.account_id) && among("plan_id", one.plan_id) && among("status", one.status)), query));
  const found = subscriptions.find((one) => one.id === id);
  if (found && part === "contract") {
    const leaving = { amount: { amount: "74.70", currency: "EUR" }, formula: "50 % of €29.88 × 5 months", steps: [] };
    return Response.json({ subscription_id: id, account_id: found.account_id, start: "2026-06-10", end: "2027-06-10", early_termination: { percent: "50", amount: null }, notice: { days: 30, on: "2027-05-11" }, cost_of_leaving_today: leaving });
  }
  if (found && part === "add-ons" && request.method === "GET") return Response.json(pageOf([], query));
  if (found && request.method === "POST") {
    const body = (request.headers.get("Content-Type") ? await request.json() : {}) as Record<string, unknown>;
    if (body["plan_id"] === "voice-metered") return refusal("/plan_id", "wrong_currency", "The plan is in GBP, the account in EUR.");
    return Response.json(body["preview"] ? effectOf(body) : found);
  }
  return found ? Response.json(found) : missing(id);
}

export function refusal(pointer: string, code: string, detail: string): Response {
  const body = { type: "about:blank", title: "Refused", status: 422, detail, errors: [{ pointer, code, detail }], trace_id: "4bf92f3577b34da6a3ce929d0e0e4736" };
  return Response.json(body, { status: 422, headers: { "Content-Type": "application/problem+json" } });
}

export function changed(): Response {
  return Response.json({ type: "about:blank", title: "It has changed", status: 412, errors: [] }, { status: 412, headers: { "Content-Type": "application/problem+json" } });
}

export function missing(id: string): Response {
  return Response.json({ type: "about:blank", title: "No such thing", status: 404, detail: `There is no ${id}.`, errors: [] }, { status: 404, headers: { "Content-Type": "application/problem+json" } });
}
