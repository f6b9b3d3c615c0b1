/** What the mock answers of usage: records and their way, the quarantine, sessions, sources and resources; null for what is not among them. */
import type { components } from "../src/api/schema.d.ts";
import { now, recentEvents } from "./data.ts";
import { recordsCited } from "./explain.ts";
import { pageOf } from "./rating.ts";
import { retractionAnswers } from "./retractions.ts";
import type { Asked } from "./ratingAnswers.ts";

type Schemas = components["schemas"];
type Rec = Schemas["UsageRecord"];

const base: Rec = {
  citation: "usage/1/52#3", source: "olt-7", id: "0192f1c0-7d1e-7c3a-9f0e-0c1d2e3f4a5b", resource: "mac:d0:38:a4:62:1e:ce", meter: "data.octets", kind: "delta", quantity: "1240634057",
  started_at: "2026-11-23T09:20:00Z", recorded_at: "2026-11-23T09:25:04Z", account_id: "acc-0001", subscription_id: "sub-1", state: "rated", reason: null, detail: null,
};

export const records: Rec[] = [
  base,
  { ...base, citation: "usage/1/52#4", id: "rec-session", source: "bras-1", resource: "user:anna", kind: "session", quantity: "73400320", state: "accepted" },
  { ...base, citation: "usage/2/17#0", id: "rec-late", started_at: "2026-11-02T09:20:00Z", quantity: "52428800", account_id: "acc-0002", subscription_id: "sub-2", state: "late_settled" },
  { ...base, citation: "usage/0/41#9", id: "rec-billed", started_at: "2026-10-28T12:20:00Z", recorded_at: "2026-10-28T12:25:00Z", state: "billed" },
  { ...base, citation: "usage/0/42#1", id: "rec-parked", resource: "mac:aa:bb:cc:00:11:22", account_id: null, subscription_id: null, state: "quarantined", reason: "unknown_resource", detail: null },
  { ...base, citation: "usage/0/43#0", id: "rec-billed", started_at: "2026-10-28T12:20:00Z", recorded_at: "2026-10-28T12:31:00Z", state: "duplicate" },
  { ...base, citation: "usage/3/18#2", id: "rec-gone", resource: "tel:+33100000000", meter: "voice.seconds", quantity: "62", state: "not_billable", reason: "discarded", detail: "test traffic of the vendor" },
];

function wayOf(record: Rec): Schemas["UsageRecordDetail"] {
  const isBilled = record.state === "billed" || record.state === "late_settled";
  return {
    ...record, ended_at: record.started_at && record.started_at.replace(":20:", ":25:"), attributes: { direction: "down", destination: "3361234•••" }, personal: { destination: "hidden" },
    session: record.kind === "session" ? { session_id: "8A2F0001", status: "interim", reading: "146800640", total: "146800640", read_at: record.started_at ?? now, began_at: "2026-11-23T08:00:00Z", closed_by: null } : null,
    charges: isBilled ? [{ charge_id: "chg-0001-2", kind: "usage", billing_period: { start: "2026-10-01", end: "2026-11-01" }, amount: { amount: "18.00", currency: "EUR" } }] : [],
    lines: isBilled ? [{ invoice_id: "inv-0001", number: "MTR-2026-00001", n: 2, net: { amount: "18.00", currency: "EUR" } }] : [],
    copies: record.id === "rec-billed" ? records.filter(({ id, state }) => id === "rec-billed" && state === "duplicate") : [],
    retraction: null, allowed_actions: [{ action: "retract", allowed: true, reason: null }, { action: "correct", allowed: true, reason: null }, { action: "restore", allowed: false, reason: `it is ${record.state}` }],
  };
}

const parkedBase: Schemas["QuarantinedRecord"] = {
  id: "rec-parked", source: "olt-7", resource: "mac:aa:bb:cc:00:11:22", meter: "data.octets", quantity: "1240634057", started_at: "2026-11-23T09:20:00Z", reason: "unknown_resource", detail: null, account_id: null,
  subscription_id: null, batch_id: "batch-1", raw: null, recorded_at: "2026-11-23T09:25:04Z", state: "quarantined", record: "usage/0/42#1",
};

export const parked: Schemas["QuarantinedRecord"][] = [
  parkedBase,
  { ...parkedBase, id: "rec-parked-2", record: "usage/0/42#2", quantity: "88080384" },
  { ...parkedBase, id: "rec-gb", record: "usage/0/44#0", resource: "mac:d0:38:a4:62:1e:ce", meter: "tv.rentals", quantity: "1", reason: "unknown_meter", detail: "there is no meter tv.rentals" },
  { ...parkedBase, id: "rec-2019", record: "usage/1/60#7", started_at: "2026-06-01T00:00:00Z", reason: "too_late", detail: "its period ended 115 days ago", account_id: "acc-0001", subscription_id: "sub-1" },
  { ...parkedBase, id: "rec-cut", record: "usage/1/61#-1", resource: null, meter: null, quantity: null, started_at: null, reason: "malformed", detail: "the JSON ends in the middle", raw: "{\"id\": \"rec-cut\", \"source\": \"olt-7\", \"quan" },
];

const session: Schemas["UsageSession"] = {
  session_id: "8A2F0001", source: "bras-1", resource: "user:anna", account_id: "acc-0001", subscription_id: "sub-1", state: "open", closed_by: null, started_at: "2026-11-23T08:00:00Z", last_at: "2026-11-23T10:10:00Z",
  heard_at: "2026-11-23T10:10:02Z", expires_at: "2026-11-23T11:10:00Z", reports: 14, quantities: { "data.octets": "146800640" }, up: { "data.octets": "16800640" }, down: { "data.octets": "130000000" },
};

const sessions: Schemas["UsageSession"][] = [
  session,
  { ...session, session_id: "8A2F0000", state: "closed", closed_by: "stop", started_at: "2026-11-22T18:00:00Z", last_at: "2026-11-22T23:00:00Z", expires_at: null, reports: 32, quantities: { "data.octets": "9146800640", "voice.seconds": "312" }, up: {}, down: {} },
  { ...session, session_id: "77010009", resource: "user:bob", account_id: "acc-0002", subscription_id: "sub-2", state: "estimated", closed_by: "silence", expires_at: null },
];

const may = (action: string, allowed = true, reason: string | null = null) => ({ action, allowed, reason });

const seen = {
  first_seen: "2026-06-01T08:00:00Z", last_seen: "2026-11-23T10:10:02Z", silent: false, defined: true,
  health: { records_hour: 720, records_day: 17_280, records_per_s: "0.200", duplicates: 3, conflicts: 0, malformed: 1, late_share: "0.001", quarantined_share: "0.002", longest_silence_s: 300, clock_offset_ms: 40 },
};

const sources: Schemas["SourceShape"][] = [
  { ...seen, id: "bras-1", name: "Paris, BRAS 1", line: "user", signed: true, silent_after_s: 900, version: 3, defined_at: "2026-06-01T08:00:00Z", addresses: ["192.0.2.10", "2001:db8:7::/48"], has_secret: true, allowed_actions: [may("update"), may("delete")] },
  { ...seen, id: "olt-7", name: null, line: "mac", signed: false, silent_after_s: null, version: 1, defined_at: "2026-06-01T08:00:00Z", addresses: [], has_secret: false, allowed_actions: [may("update"), may("delete")] },
  { ...seen, id: "probe-3", name: null, line: null, signed: null, silent_after_s: null, version: null, defined_at: null, defined: false, silent: false, addresses: [], has_secret: false, allowed_actions: [], last_seen: "2026-11-23T04:10:02Z", health: { ...seen.health, records_hour: 0, records_day: 212, late_share: "0.4123", longest_silence_s: 21_600, clock_offset_ms: -90_500 } },
  { ...seen, id: "olt-9", name: "Lyon, OLT 9", line: "mac", signed: false, silent_after_s: 900, version: 1, defined_at: "2026-06-01T08:00:00Z", silent: true, last_seen: "2026-11-22T23:10:02Z", addresses: ["192.0.2.30"], has_secret: false, allowed_actions: [may("update"), may("delete")] },
];

const assignment = { account_id: "acc-0001", subscription_id: "sub-1", from: "2026-06-01T00:00:00Z", to: null };
const resources: Schemas["ResourceShape"][] = [
  { id: "mac:d0:38:a4:62:1e:ce", registered_at: "2026-06-01T08:00:00Z", version: 2, assignments: [{ ...assignment, account_id: "acc-0002", subscription_id: "sub-2", to: "2026-06-01T00:00:00Z", from: "2026-01-01T00:00:00Z" }, assignment], allowed_actions: [may("assign")] },
  { id: "subscription:sub-1", registered_at: "2026-06-01T08:00:00Z", version: 1, assignments: [assignment], allowed_actions: [may("assign", false, "it belongs to its subscription")] },
  { id: "user:anna", registered_at: "2026-07-01T08:00:00Z", version: 1, assignments: [], allowed_actions: [may("assign")] },
];

const held: Schemas["HeldShape"] = { ...assignment, resource_id: "ip:192.0.2.0/24", is_prefix: true, recorded_at: "2026-06-01T08:00:00Z" };

/** Of the one address that somebody ever had, through a prefix and since June. */
function holder(query: URLSearchParams): Response {
  const asked = query.get("resource") ?? "";
  const at = query.get("at") ?? now;
  const found = asked === "ip:192.0.2.7" && Date.parse(at) >= Date.parse(held.from) ? held : null;
  return Response.json({ resource: asked, at, account_id: found?.account_id ?? null, subscription_id: found?.subscription_id ?? null, assignment: found } satisfies Schemas["HolderShape"]);
}

const letter: Schemas["DeadLetter"] = {
  kind: "parked", status: "open", type: "usage.UsageRecorded.v1", subject: "sub-1", parking_key: "acc-0001", account_id: "acc-0001", command_id: null, actor: null, input: "usage/3/1842", error: "DivisionByZero: a price of no quantity", attempts: 3,
  size_bytes: 412, recorded_at: "2026-11-23T09:00:00Z", tried_at: "2026-11-23T09:30:00Z", resolved_at: null, resolved_by: null, reason: null, id: "rating-3-1842", service: "rating", stands_behind: 0,
  allowed_actions: [{ action: "requeue", allowed: true, reason: null }, { action: "discard", allowed: true, reason: null }],
};

const letters: Schemas["DeadLetter"][] = [letter, { ...letter, id: "usage-2-9-0", service: "usage", kind: "bytes", type: null, account_id: null, parking_key: null, stands_behind: null, status: "discarded", reason: "cut off by the sender", error: "no JSON: it ends in the middle" }];

function deadLetters({ id, part, query }: Asked): Response {
  if (id && part) return Response.json({ id, status: part === "requeue" ? "requeued" : "discarded", parking_key: "acc-0001", left: 0 } satisfies Schemas["Resolved"]);
  if (!id) return Response.json(pageOf(letters.filter(among(query, ["status", "service", "kind"])), query));
  const found = letters.find((one) => one.id === id);
  const payload = { size_bytes: 412, truncated: false, text: '{"type": "usage.UsageRecorded.v1", "data": {"quantity": "0"}}', base64: null };
  return found ? Response.json({ ...found, payload, headers: { ce_type: "usage.UsageRecorded.v1" } }) : Response.json({ type: "about:blank", title: "No such dead letter", status: 404, errors: [] }, { status: 404 });
}

function events({ id, query }: Asked, path: string): Response {
  const wanted = path.replace("/v1/events/", "").split("/").map(decodeURIComponent).join("/");
  const event = recentEvents.find((one) => one.id === wanted);
  if (id) return event ? Response.json({ ...event, data: { invoice_id: event.aggregate_id, total: { amount: "42.90", currency: "EUR" } } }) : Response.json({ type: "about:blank", title: "No such event", status: 404, errors: [] }, { status: 404 });
  return Response.json({ ...pageOf(recentEvents.filter(among(query, ["correlation_id", "actor", "aggregate_id", "type", "account_id"])), query) });
}

export async function usage(request: Request, asked: Asked): Promise<Response | null> {
  const { resource, id, part, query } = asked;
  if (resource === "usage" && id === "records") return part ? oneRecord(request) : listed(query);
  const taken = resource === "usage" ? await retractionAnswers(request, asked) : null;
  if (taken) return taken;
  if (resource === "usage" && id === "summary") return Response.json(volume(query));
  if (resource === "usage" && id === "quarantine") return part ? Response.json(await mended(request, part)) : Response.json(pageOf(parked.filter(among(query, ["reason", "source", "id"])), query));
  if (resource === "usage" && id === "sessions") return Response.json(pageOf(sessions.filter(among(query, ["state", "session_id", "source"])), query));
  if (resource === "dead-letters") return deadLetters(asked);
  if (resource === "events") return events(asked, new URL(request.url).pathname);
  if (resource === "sources") return one(request, asked, sources, ["id", "silent", "defined"]);
  if (resource === "resource-holder") return holder(query);
  if (resource === "resource-history") return Response.json(pageOf(query.get("resource") === "ip:192.0.2.7" ? [held] : [], query));
  if (resource === "resources" && part === "reassignments") return reassigned(request, id ?? "");
  if (resource === "resources") return part === "assignments" && request.method === "POST" ? assigned(request, id ?? "") : one(request, asked, resources, ["id"]);
  return null;
}

/** A hundred days before the mock's today. */
const kept_since = "2026-08-15";

/** Whether the row has, for each name asked, one of the values. */
const among = (query: URLSearchParams, names: readonly string[]) => (row: object) => names.every((name) => query.getAll(name).length === 0 || query.getAll(name).includes(String((row as Record<string, unknown>)[name])));

function listed(query: URLSearchParams): Response {
  const cited = query.getAll("citation");
  if (cited.length > 0) return Response.json({ items: recordsCited(cited), total: cited.length, totals: [], next_cursor: null, as_of: now, kept_since });
  const found = records.filter(among(query, ["state", "source", "resource", "id", "meter", "reason", "account_id"])).filter(({ started_at }) => (started_at ?? now) < (query.get("to") ?? "9"));
  return Response.json({ ...pageOf(found, query), kept_since });
}

function oneRecord(request: Request): Response {
  const [, , , , source, id] = new URL(request.url).pathname.split("/").map(decodeURIComponent);
  const record = records.find((one) => one.source === source && one.id === id);
  return record ? Response.json(wayOf(record)) : Response.json({ type: "about:blank", title: "No such usage record", status: 404, errors: [] }, { status: 404 });
}

function volume(query: URLSearchParams): Schemas["UsageSummary"] {
  const days = Array.from({ length: 29 }, (_, index) => new Date(Date.parse("2026-10-25T00:00:00Z") + index * 86_400_000).toISOString());
  const of = (state: string, records: (day: number) => number, from = 0, to = 29) => days.slice(from, to).map((start, index) => ({ start, state, records: records(index + from) }));
  const bucket = query.get("bucket") === "hour" ? "hour" : "day";
  const aside = [...of("quarantined", (day) => (day % 6 === 0 ? 420 : 12)), ...of("duplicate", (day) => (day * 53) % 160)];
  const decided = days.map((start, day) => ({ start, recorded_as: "accepted", records: 5300 + ((day * 611) % 1100) }));
  if (query.get("by") === "recorded_as") return { bucket, by: "recorded_as", kept_since: null, as_of: now, items: [...decided, ...aside.map(({ start, state, records }) => ({ start, recorded_as: state, records }))] };
  return { bucket, by: "state", kept_since, as_of: now, items: [...of("billed", (day) => 5400 + ((day * 377) % 900), 0, 7), ...of("rated", (day) => 5300 + ((day * 611) % 1100), 7), ...aside] };
}

async function mended(request: Request, what: string): Promise<Schemas["Recycled"] | Schemas["Discarded"]> {
  const { records: named } = (await request.json()) as Schemas["RecycleBody"];
  const count = named?.length ?? parked.length;
  return what === "recycle" ? { recycled: Math.max(0, count - 2), still_quarantined: Math.min(2, count), more: false } : { discarded: count, more: named == null };
}

async function one(request: Request, { id, query }: Asked, all: readonly { id: string; version: number | null }[], names: readonly string[]): Promise<Response> {
  const body = request.method === "POST" || request.method === "PUT" ? ((await request.json()) as { secret?: string }) : {};
  const { secret, ...said } = body;
  const shown = secret === undefined ? said : { ...said, has_secret: true };
  if (!id) return request.method === "POST" ? Response.json({ ...all[0], ...shown }, { status: 201 }) : Response.json(pageOf(all.filter(among(query, names)), query));
  const found = all.find((candidate) => candidate.id === id);
  if (!found) return Response.json({ type: "about:blank", title: "No such thing", status: 404, errors: [] }, { status: 404 });
  if (request.method === "DELETE") return new Response(null, { status: 204 });
  return Response.json({ ...found, ...shown });
}

/** Two hours of it were counted for another, 2 records of them long ago. */
async function reassigned(request: Request, id: string): Promise<Response> {
  const { account_id = null, subscription_id = null, from, to = null, preview = false } = (await request.json()) as Schemas["ReassignmentBody"];
  const { assignments } = resources.find((candidate) => candidate.id === id)!;
  const whose = account_id && subscription_id ? { account_id, subscription_id } : null;
  const moves = [{ from: { account_id: "acc-0002", subscription_id: "sub-2" }, to: whose, records: 24, may_be_too_late: 2 }];
  const answered: Schemas["ReassignmentShape"] = { resource_id: id, account_id, subscription_id, from, to, preview, records: 24, may_be_too_late: 2, moves, assignments, retraction: null };
  return Response.json(answered, { status: preview ? 200 : 201 });
}

async function assigned(request: Request, id: string): Promise<Response> {
  const body = (await request.json()) as Schemas["AssignmentBody"];
  const found = resources.find((candidate) => candidate.id === id)!;
  return Response.json({ ...body, to: body.to ?? null, resource_id: id, version: found.version + 1, assignments: [...found.assignments, body] }, { status: 201 });
}
