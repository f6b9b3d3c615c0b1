/** What the mock answers of outgoing webhooks. */
import type { components } from "../src/api/schema.d.ts";
import { now } from "./data.ts";
import { pageOf } from "./rating.ts";
import type { Asked } from "./ratingAnswers.ts";

type Schemas = components["schemas"];
const may = (...actions: string[]) => actions.map((action) => ({ action, allowed: true, reason: null }));
const always = ["update", "rotate", "test", "replay", "delete"];

const endpoint = (id: string, url: string, events: string[], more: Partial<Schemas["EndpointView"]> = {}): Schemas["EndpointView"] => ({
  id, url, description: "", events, status: "enabled", disabled_at: null, disabled_because: null, waiting: 0, failed: 0, failures: 0, failing_since: null, rest_until: null,
  delivered_at: now, rotated_at: null, previous_until: null, created_by: "user:u1", created_at: now, version: 1,
  allowed_actions: [{ action: "enable", allowed: false, reason: "it is enabled" }, ...may("disable", ...always)], ...more,
});

export const endpoints: readonly Schemas["EndpointView"][] = [
  endpoint("erp", "https://erp.example/hooks/meterlog", ["invoicing.InvoiceIssued.v1", "invoicing.InvoiceVoided.v1", "payments.*", "rating.AccountOpened.v1"], { description: "Books", waiting: 2, failed: 1 }),
  endpoint("crm", "https://crm.example/in", ["*"], { status: "resting", failures: 7, failing_since: now, rest_until: "2026-11-23T08:05:00Z", waiting: 40 }),
  endpoint("old", "https://old.example/hook", ["payments.*"], { status: "disabled", disabled_at: now, disabled_because: "gone", delivered_at: null, allowed_actions: [...may("enable"), { action: "disable", allowed: false, reason: "it is disabled" }, ...may(...always)] }),
];

const delivery = (id: string, type: string, more: Partial<Schemas["DeliveryView"]> = {}): Schemas["DeliveryView"] => ({
  id, endpoint_id: "erp", event_id: `invoicing/3/${id}`, message_id: `invoicing/3/${id}`, type, account_id: "acc-0001", sample: false, status: "delivered", attempts: 1, code: "200",
  due_at: null, created_at: now, finished_at: now, allowed_actions: may("replay"), ...more,
});

const deliveries: readonly Schemas["DeliveryView"][] = [
  delivery("1842", "invoicing.InvoiceIssued.v1"),
  delivery("1841", "invoicing.InvoiceIssued.v1", { status: "waiting", attempts: 2, code: "503", due_at: "2026-11-23T08:30:00Z", finished_at: null }),
  delivery("1840", "payments.ReceivableOpened.v1", { status: "failed", attempts: 10, code: "timeout" }),
  delivery("s1", "meterlog.WebhookSample.v1", { event_id: null, message_id: "s1", account_id: null, sample: true, code: "204" }),
];

const attempt = (n: number, outcome: "delivered" | "failed" | "unknown" | null, code: string | null, answer: string | null): Schemas["AttemptView"] => ({ n, started_at: now, finished_at: outcome ? now : null, outcome, code, answer, duration_ms: outcome ? 120 * n : null });
const attempts = [attempt(3, "failed", "503", "<html>Service Unavailable</html>"), attempt(2, "unknown", "process_ended", null), attempt(1, "failed", "no_connection", "ConnectError: All connection attempts failed")];
const types = ["invoicing.InvoiceIssued.v1", "invoicing.InvoiceVoided.v1", "payments.ReceivableOpened.v1", "rating.AccountOpened.v1", "usage.SourceDefined.v1"];

export function hooked(request: Request, { resource, id, part, query }: Asked): Response | null {
  if (resource === "webhook-event-types") return Response.json({ items: types.map((type) => ({ type, service: type.split(".")[0] })), total: types.length });
  if (resource === "webhook-endpoints") return ofEndpoints(request, id, part, query);
  if (resource !== "webhook-deliveries") return null;
  if (id === "replay") return Response.json({ deliveries: 1, left: 0 }, { status: 202 });
  if (id) return Response.json({ ...(deliveries.find((one) => one.id === id) ?? deliveries[1]), attempts: 3, attempt_log: attempts }, { status: part ? 202 : 200 });
  return Response.json(pageOf(deliveries.filter(({ status }) => among(query, "status", status)), query));
}

function ofEndpoints(request: Request, id: string | undefined, part: string | undefined, query: URLSearchParams): Response {
  if (request.method === "DELETE") return new Response(null, { status: 204 });
  if (!id) return request.method === "GET" ? Response.json(pageOf(endpoints.filter(({ status }) => among(query, "status", status)), query)) : Response.json({ ...endpoints[0], secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" }, { status: 201 });
  const one = endpoints.find((known) => known.id === id);
  if (!one) return Response.json({ type: "about:blank", title: "Not Found", status: 404, detail: `there is no webhook endpoint '${id}'`, errors: [], trace_id: "0" }, { status: 404 });
  if (part === "rotate") return Response.json({ ...one, secret: "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD" });
  if (part === "test") return Response.json(deliveries[3], { status: 202 });
  return part === "replay" ? Response.json({ deliveries: 12, left: 0 }, { status: 202 }) : Response.json(one);
}

const among = (query: URLSearchParams, name: string, value: string) => query.getAll(name).length === 0 || query.getAll(name).includes(value);
