/** What the mock answers of files of usage, meters and the network; null for what is not among them. */
import type { components } from "../src/api/schema.d.ts";
import { pageOf } from "./rating.ts";
import type { Asked } from "./ratingAnswers.ts";

type Schemas = components["schemas"];

const may = (action: string, allowed = true, reason: string | null = null) => ({ action, allowed, reason });
const missing = (title: string) => Response.json({ type: "about:blank", title, status: 404, errors: [] }, { status: 404 });
const among = (query: URLSearchParams, names: readonly string[]) => (row: object) => names.every((name) => query.getAll(name).length === 0 || query.getAll(name).includes(String((row as Record<string, unknown>)[name])));

const file: Schemas["FileShape"] = {
  id: "usage-file-1", name: "olt-7-2026-11-22.csv", source: "olt-7", format: "csv", status: "done", done: 12_480, failed: 0, total: 12_480, records: { accepted: 12_480, quarantined: 0, duplicates: 0, conflicts: 0, all_counted: true },
  size_bytes: 1_240_634, sha256: "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8", owner: "user:u-billing", created_at: "2026-11-23T06:00:12Z", finished_at: "2026-11-23T06:00:31Z", allowed_actions: [may("cancel", false, "it is done")],
};

export const files: Schemas["FileShape"][] = [
  { ...file, id: "usage-file-3", name: "calls-2026-11-23-with-a-name-that-is-longer-than-a-hand-is-wide.csv", source: "pbx-1", status: "running", done: 4_000, total: null, records: { accepted: 3_200, quarantined: 0, duplicates: 0, conflicts: 0, all_counted: false }, size_bytes: 88_000_000, created_at: "2026-11-23T10:14:40Z", finished_at: null, allowed_actions: [may("cancel")] },
  { ...file, id: "usage-file-2", name: "olt-7-2026-11-23.csv", done: 2_500, failed: 2, total: 2_502, records: { accepted: 2_476, quarantined: 21, duplicates: 3, conflicts: 0, all_counted: true }, size_bytes: 248_120, created_at: "2026-11-23T09:00:02Z", finished_at: "2026-11-23T09:00:07Z" },
  file,
  { ...file, id: "usage-file-0", name: "", format: "ipdr", status: "failed", done: 0, failed: 1, total: 1, records: { accepted: 0, quarantined: 0, duplicates: 0, conflicts: 0, all_counted: true }, size_bytes: 12, created_at: "2026-11-22T09:00:02Z", finished_at: "2026-11-22T09:00:03Z", allowed_actions: [may("cancel", false, "it is failed")] },
];

const failures: Schemas["FileFailure"][] = [
  { id: "1203", code: "malformed", detail: "a row has 6 cells as the header row has, not 1" },
  { id: "2501", code: "schema_violation", detail: "quantity is a decimal number that is not negative, not \"12,5 GB\"" },
];

async function usageFiles(request: Request, { part: id, n, query }: Asked): Promise<Response> {
  if (request.method === "POST") {
    const size_bytes = (await request.arrayBuffer()).byteLength;
    return Response.json({ ...files[1], kind: "usage-file", status: "queued", failures: [], result_url: null, batch_id: "usage-file-2", size_bytes }, { status: 202 });
  }
  if (!id) return Response.json(pageOf(files.filter(among(query, ["status", "source", "format"])).filter(({ name }) => name.startsWith(query.get("q") ?? "")), query));
  const found = files.find((one) => one.id === id);
  if (!found) return missing("No such file");
  if (n) return new Response("piece,code,reason\r\n1204,malformed,…\r\n", { headers: { "Content-Type": "text/csv" } });
  const shown = found.failed === 0 ? [] : failures.slice(0, found.failed);
  return Response.json({ ...found, refused_kept: found.failed, failures: shown } satisfies Schemas["FileDetail"]);
}

const unmarked = { personal: [], allowed_actions: [{ action: "mark_personal", allowed: true, reason: null }] };

const meters: Schemas["MeterShape"][] = [
  { id: "data.octets", name: "Data volume", unit: "octets", aggregation: "sum", defined_at: null, built_in: true, version: 1, unique_of: null, ...unmarked },
  { id: "voice.seconds", name: "Voice", unit: "seconds", aggregation: "sum", defined_at: null, built_in: true, version: 1, unique_of: null, ...unmarked, personal: [{ attribute: "destination", keep: 7 }, { attribute: "ip", keep: 0 }] },
  { id: "seats", name: "Seats", unit: "seat", aggregation: "unique", defined_at: "2026-06-01T08:00:00Z", built_in: false, version: 1, unique_of: "user_id", ...unmarked },
  { id: "sms.messages", name: "Text messages", unit: "message", aggregation: "sum", defined_at: "2026-06-01T08:00:00Z", built_in: false, version: 1, unique_of: null, ...unmarked },
];

async function meterAnswers(request: Request, { id, query }: Asked): Promise<Response> {
  if (request.method === "POST") {
    const body = (await request.json()) as Schemas["MeterBody"];
    if (meters.some((meter) => meter.id === body.id)) return Response.json({ type: "about:blank", title: "Refused", status: 409, detail: `meter ${body.id} exists already; choose another id`, errors: [{ pointer: "/id", code: "meter_exists", detail: `meter ${body.id} exists already; choose another id` }] }, { status: 409 });
    return Response.json({ ...meters[3], ...body }, { status: 201 });
  }
  if (!id) return Response.json(pageOf(meters.filter(among(query, ["id", "aggregation", "unit"])), query));
  const found = meters.find((meter) => meter.id === id);
  return found ? Response.json(found) : missing("No such meter");
}

const intent: Schemas["IntentShape"] = {
  resource_id: "subscription:sub-1", version: 3, desired: "throttled", why: ["fair_use"], reason: "", state: "refused", attempts: 4, element_id: "bng-1", answer: "CoA-NAK, Error-Cause 503: Session-Context-Not-Found",
  wanted_at: "2026-11-23T09:00:00Z", sent_at: "2026-11-23T10:02:00Z", answered_at: "2026-11-23T10:02:01Z", profile: { profile: "slow", down_kbps: 2_000, up_kbps: 500, burst_down_kbps: null, burst_up_kbps: null, burst_s: null },
};

const intents: Schemas["IntentShape"][] = [
  intent,
  { ...intent, version: 2, desired: "open", why: [], state: "superseded", attempts: 1, answer: "CoA-ACK", wanted_at: "2026-11-01T00:00:00Z", profile: null },
  { ...intent, version: 1, desired: "blocked", why: ["subscription"], state: "acknowledged", attempts: 1, answer: "Disconnect-ACK", wanted_at: "2026-10-20T08:00:00Z", profile: null },
  { ...intent, resource_id: "subscription:sub-2", version: 1, desired: "blocked", why: ["subscription", "spend_cap:alert-2"], state: "timed_out", attempts: 7, answer: "", profile: null, answered_at: null },
  { ...intent, resource_id: "subscription:sub-3", version: 1, desired: "blocked", why: ["subscription"], state: "pending", attempts: 0, element_id: null, answer: null, profile: null, sent_at: null, answered_at: null },
];

function accessOf(line: string, version?: number): Schemas["AccessShape"] {
  const [newest] = intents.filter(({ resource_id }) => resource_id === line);
  if (!newest) return { resource_id: line, desired: "open", profile: null, why: [], version: 0, state: null, element_id: null, sent_at: null, acknowledged_at: null, answer: null, attempts: 0, allowed_actions: [may("repeat", false, "the network was never to be told anything of this line")] };
  const { resource_id, desired, profile, why, state, element_id, sent_at, answered_at, answer, attempts } = newest;
  return { resource_id, desired, profile, why, version: version ?? newest.version, state, element_id, sent_at, acknowledged_at: state === "acknowledged" ? answered_at : null, answer, attempts, allowed_actions: [may("repeat", state !== "pending", state === "pending" ? "it was not told yet: that is still to come" : null)] };
}

const acts = ["update", "delete", "test", "reconcile"].map((action) => may(action));
const elements: Schemas["ElementShape"][] = [
  { id: "bng-1", driver: "radius_coa", address: "192.0.2.1:3799", vendor: "mikrotik", version: 2, defined_at: "2026-06-01T08:00:00Z", has_secret: true, allowed_actions: acts },
  { id: "shaper", driver: "shaped_devices", address: "/etc/lqos/ShapedDevices.csv", vendor: "generic", version: 1, defined_at: "2026-07-01T08:00:00Z", has_secret: false, allowed_actions: acts },
];

async function elementAnswers(request: Request, { id, part, query }: Asked): Promise<Response> {
  if (part === "test") return Response.json({ reachable: id === "bng-1", answer: "Disconnect-NAK, Error-Cause 503: Session-Context-Not-Found" } satisfies Schemas["ProbeShape"]);
  if (part === "reconcile") return Response.json({ should_be_off: [{ resource_id: "subscription:sub-2", version: 1, session_id: "8A2F0001", heard_at: "2026-11-23T10:10:00Z" }], should_be_on: [], repeated: 1, more: false } satisfies Schemas["ReconciledShape"]);
  if (!id && request.method === "POST") return Response.json({ ...elements[0], ...((await request.json()) as object) }, { status: 201 });
  if (!id) return Response.json(pageOf(elements.filter(among(query, ["id", "driver"])), query));
  const found = elements.find((one) => one.id === id);
  if (!found) return missing("No such network element");
  if (request.method === "DELETE") return new Response(null, { status: 204 });
  return Response.json(request.method === "PUT" ? { ...found, ...((await request.json()) as object), version: found.version + 1 } : found);
}

export async function network(request: Request, asked: Asked): Promise<Response | null> {
  const { resource, id, part, n, query } = asked;
  if (resource === "usage" && id === "files") return usageFiles(request, asked);
  if (resource === "meters") return meterAnswers(request, asked);
  if (resource === "network-intents") return Response.json(pageOf(intents.filter(among(query, ["state", "element_id", "resource_id", "desired"])), query));
  if (resource === "network-elements") return elementAnswers(request, asked);
  if (resource === "resources" && id && part === "access") return Response.json(accessOf(id, n === "repeat" ? 4 : undefined));
  if (resource === "resources" && id && part === "network-element") return Response.json({ resource_id: id, ...((await request.json()) as object) });
  return null;
}

