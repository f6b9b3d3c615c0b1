/** What the mock answers of what plans are made of: bandwidth profiles, holidays, rate tables, moves of customers, comparisons. */
import type { components } from "../src/api/schema.d.ts";
import { now } from "./data.ts";
import { accounts, pageOf } from "./rating.ts";
import { missing, refusal, type Asked } from "./ratingAnswers.ts";

type Schemas = components["schemas"];

const can = (action: string) => ({ action, allowed: true, reason: null });
const money = (amount: string) => ({ amount, currency: "EUR" });
const period = { start: "2026-10-01", end: "2026-11-01" };

export const profiles: Schemas["ProfileShape"][] = [
  { id: "f300", name: "Fibre 300/100", down_kbps: 300_000, up_kbps: 100_000, burst_down_kbps: 500_000, burst_up_kbps: 150_000, burst_s: 30, description: "Homes", version: 2, defined_at: "2026-06-01T08:00:00Z", plans: 1, allowed_actions: [can("update"), { action: "delete", allowed: false, reason: "1 plan gives it" }] },
  { id: "slow", name: "Fair use", down_kbps: 512, up_kbps: 128, burst_down_kbps: null, burst_up_kbps: null, burst_s: null, description: null, version: 1, defined_at: "2026-06-01T08:00:00Z", plans: 0, allowed_actions: [can("update"), can("delete")] },
];

export const calendars: Schemas["HolidaysShape"][] = [
  { id: "fr", name: "France", dates: ["2026-12-25", "2027-01-01", "2026-11-11"], version: 2, changed_at: "2026-06-01T08:00:00Z", allowed_actions: [can("update")] },
];

const version = (n: number, status: "draft" | "published", from: string | null): Schemas["RateTableVersionShape"] => ({
  version: n, status, rows: 120, parts: 3, parts_added: 3, effective_from: from, drafted_at: "2026-06-01T08:00:00Z", published_at: from && "2026-06-01T08:00:00Z",
  allowed_actions: status === "draft" ? [can("publish"), can("discard")] : [{ action: "publish", allowed: false, reason: `version ${n} is published; import another` }, { action: "discard", allowed: false, reason: `version ${n} is published; import another` }],
});

export const tables: Schemas["RateTableShape"][] = [
  { id: "world", name: "World 2026", currency: "EUR", version: 2, versions: [version(1, "published", "2026-06-01"), version(2, "draft", null)], defined_at: "2026-06-01T08:00:00Z", allowed_actions: [can("import")] },
];

type Rate = Schemas["PrefixRateBody"];
const rate = (prefix: string, name: string, price: string): Rate => ({ prefix, name, connect_fee: null, increments: null, bands: [{ days: null, from: "00:00", to: "24:00", unit_price: price, per_s: "60", connect_fee: null, increments: null }] });

export const rates: Rate[] = [
  { prefix: "33", name: "France", connect_fee: null, increments: [{ after_s: "0", unit_s: "60" }, { after_s: "60", unit_s: "1" }], bands: [{ days: ["mon", "tue", "wed", "thu", "fri"], from: "08:00", to: "20:00", unit_price: "0.12", per_s: "60", connect_fee: null, increments: null }, { days: null, from: "00:00", to: "24:00", unit_price: "0.06", per_s: "60", connect_fee: null, increments: null }] },
  { ...rate("336", "France mobile", "0.18"), connect_fee: "0.05" },
  ...Array.from({ length: 118 }, (_, at) => rate(String(4000 + at), `Destination ${at + 1}`, `0.${String(10 + (at % 80))}`)),
];

const changes = (query: URLSearchParams): Schemas["RateChangesShape"] => {
  const items: Schemas["RateChangeShape"][] = [
    { kind: "raised", prefix: "336", before: rate("336", "France mobile", "0.15"), after: rates[1]!, percent: "20" },
    { kind: "added", prefix: "49", before: null, after: rate("49", "Germany", "0.09"), percent: null },
  ];
  const found = items.filter(({ kind }) => !query.get("kind") || kind === query.get("kind"));
  return { against: 1, rows: 121, counts: { added: 1, raised: 1 }, unchanged: 119, items: found, total: found.length };
};

export const migrations: Schemas["MigrationShape"][] = [
  { id: "mig-1", from_plan_id: "fibre-300", from_version: 1, to_plan_id: "fibre-300", to_version: 2, on: "2026-12-01", accounts: null, status: "scheduled", moved: 2, failed: 1, cancelled: 0, scheduled_at: "2026-11-20T10:00:00Z", scheduled_by: "billing@demo.example", cancelled_at: null, allowed_actions: [can("cancel")] },
];

const results: Schemas["ResultShape"][] = [
  { subscription_id: "sub-1", account_id: "acc-0001", outcome: "moved", code: null, detail: null },
  { subscription_id: "sub-3", account_id: "acc-0003", outcome: "moved", code: null, detail: null },
  { subscription_id: "sub-5", account_id: "acc-0005", outcome: "failed", code: "subscription_ended", detail: "The subscription ended on 2026-10-01." },
];

export async function tariffs(request: Request, asked: Asked): Promise<Response | null> {
  const { resource, id, part, n, query } = asked;
  if (resource === "bandwidth-profiles") return things(request, profiles, asked);
  if (resource === "holidays") return things(request, calendars, asked);
  if (resource === "rate-tables") return rateTables(request, asked);
  if (resource === "proof" && id === "what-if") return whatIf((await request.json()) as { plan_id: string });
  if (resource === "plans" && part === "migrations") return moves(request, n, query, new URL(request.url).pathname);
  return null;
}

async function things(request: Request, all: readonly { id: string; version: number }[], { id, query }: Asked): Promise<Response> {
  if (!id && request.method === "POST") {
    const body = (await request.json()) as { name?: string };
    if (body.name === "taken") return refusal("/name", "invalid", "There is one of that name.");
    return Response.json({ ...all[0], ...body, id: "new" }, { status: 201 });
  }
  if (!id) return Response.json(pageOf(all, query));
  const found = all.find((one) => one.id === id);
  if (!found) return missing(id);
  if (request.method === "DELETE") return new Response(null, { status: 204 });
  return Response.json(request.method === "PUT" ? { ...found, ...((await request.json()) as object) } : found);
}

async function rateTables(request: Request, { id, part, n, query }: Asked): Promise<Response> {
  const body = (request.headers.get("Content-Type") ? await request.json() : {}) as { csv?: string; name?: string };
  if (!id) return request.method === "POST" ? Response.json({ ...tables[0], ...body, id: "new" }, { status: 201 }) : Response.json(pageOf(tables, query));
  const table = tables.find((one) => one.id === id);
  if (!table) return missing(id);
  const tail = new URL(request.url).pathname.split("/").at(-1);
  if (part === "lookup") return Response.json({ table_id: id, version: 1, effective_from: "2026-06-01", destination: query.get("destination"), prefix: "336", rate: rates[1], shorter: ["33"], reason: "the longest prefix" });
  if (part !== "versions") return Response.json(table);
  if (!n) {
    if (body.csv?.includes("dear")) return refusal("/lines/3/unit_price", "invalid_decimal", "\"dear\" is no decimal number.");
    return query.get("preview") === "true" ? Response.json(changes(query)) : Response.json(table.versions[1], { status: 201 });
  }
  if (tail === "changes") return Response.json(changes(query));
  if (tail === "rates") return Response.json(pageOf(rates.filter(({ prefix }) => prefix.startsWith(query.get("prefix") ?? "")), query));
  return Response.json(request.method === "POST" ? table : (table.versions[Number(n) - 1] ?? null));
}

async function moves(request: Request, id: string | undefined, query: URLSearchParams, pathname: string): Promise<Response> {
  if (!id && request.method === "POST") {
    const body = (await request.json()) as { preview?: boolean; on: string };
    if (body.on < "2026-11-23") return refusal("/on", "in_the_past", "The day has begun.");
    if (!body.preview) return Response.json(migrations[0], { status: 201 });
    const move = (at: number, before: string, after: string, difference: string) => ({ subscription_id: `sub-${at}`, account_id: accounts[at - 1]!.id, period, without_change: money(before), with_change: money(after), difference: money(difference), refused: null });
    const refused = { subscription_id: "sub-5", account_id: "acc-0005", period: null, without_change: null, with_change: null, difference: null, refused: { code: "subscription_ended", detail: "The subscription ended on 2026-10-01." } };
    return Response.json({ preview: true, total: 3, items: [move(1, "24.90", "29.90", "5.00"), move(3, "31.20", "29.90", "-1.30"), refused], totals: [{ currency: "EUR", without_change: "56.10", with_change: "59.80", difference: "3.70" }], next_cursor: null });
  }
  if (!id) return Response.json(pageOf(migrations, query));
  const found = migrations.find((one) => one.id === id);
  if (!found) return missing(id);
  if (pathname.endsWith("/results")) return Response.json(pageOf(results.filter(({ outcome }) => query.getAll("outcome").length === 0 || query.getAll("outcome").includes(outcome)), query));
  return Response.json(pathname.endsWith("/cancel") ? { ...found, status: "cancelling" } : found);
}

function whatIf(body: { plan_id: string; version?: number }): Response {
  if (body.plan_id === "fibre-new") return refusal("/version", "plan_version_not_found", "There is no version fibre-new/1.");
  const compared = (at: number, charged: string, candidate: string, difference: string) => ({ account_id: accounts[at]!.id, subscription_id: `sub-${at + 1}`, period, charged: money(charged), candidate: money(candidate), difference: money(difference) });
  const band = (from: string | null, to: string | null, periods: number, difference: string): Schemas["BandShape"] => ({ kind: "percent", from_percent: from, to_percent: to, periods, difference: money(difference) });
  const answer: Schemas["WhatIfShape"] = {
    plan_id: body.plan_id, version: body.version ?? null, period: { start: "2026-08-01", end: "2026-11-01" }, as_of: now,
    totals: [{ currency: "EUR", charged: "4210.00", candidate: "4395.50", difference: "185.50" }],
    periods: { winners: 40, losers: 160, unchanged: 10 }, accounts: { winners: 14, losers: 55, unchanged: 3 }, counted: { subscriptions: 72, records: 184_320, usage_days: 6_480 },
    bands: [band(null, "-50", 2, "-40.00"), band("-50", "-10", 12, "-31.20"), band("-10", "0", 26, "-12.00"), { kind: "unchanged", from_percent: null, to_percent: null, periods: 10, difference: money("0.00") }, band("0", "10", 120, "160.30"), band("10", "50", 38, "102.40"), band("50", null, 2, "6.00")],
    winners: [compared(1, "62.40", "31.20", "-31.20")], losers: [compared(0, "24.90", "29.90", "5.00"), compared(2, "31.20", "33.00", "1.80")],
    not_computable: { periods: 1, by_reason: { beyond_sums: 1 }, charged: money("12.00"), items: [{ account_id: "acc-0004", subscription_id: "sub-4", period, charged: money("12.00"), reason: "beyond_sums", meter: "data.octets" }] },
  };
  return Response.json(answer);
}
