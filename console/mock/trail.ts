/** What the mock answers of an event's chain and difference, and of a person's data. */
import type { components } from "../src/api/schema";
import { startJob } from "./kit.ts";
import { recentEvents } from "./data.ts";

type Schemas = components["schemas"];
interface Asked { resource: string; id: string | undefined; part: string | undefined }

const event = { ...recentEvents[0]!, data: null } as unknown as Schemas["Event"];
const eur = (amount: string) => ({ amount, currency: "EUR" });
const link = (id: string, text: string, more: Partial<Schemas["ChainStep"]> = {}): Schemas["ChainStep"] => ({ id, account_id: "acc-0002", event_id: null, text, amount: null, at: "2026-09-01", until: null, of: null, records: null, ...more });
const stage = (name: Schemas["ChainStage"]["stage"], items: Schemas["ChainStep"][], total = items.length): Schemas["ChainStage"] => ({ stage: name, items, total, next_page: total > items.length ? 2 : null });

const chain: Schemas["EventChain"] = {
  event, causes: [event], effects: [event], has_more_effects: false,
  stages: [
    stage("usage", [link("ch-1", "data.octets", { records: 18240, of: "line-2" })]),
    stage("charges", [link("ch-1", "usage", { amount: eur("12.40"), event_id: "rating/1/9", of: "line-2" })]),
    stage("lines", [link("inv-0001#1", "Traffic over 200 GB", { amount: eur("12.40"), of: "inv-0001" })], 3),
    stage("invoices", [link("inv-0001", "INV-000001", { amount: eur("42.90"), event_id: "invoicing/1/12" })]),
    stage("allocations", [link("pay-1/9", "pay-1", { amount: eur("42.90"), of: "inv-0001", event_id: "payments/1/9" })]),
    stage("payments", [link("pay-1", "bank_transfer", { amount: eur("42.90"), event_id: "payments/1/8" })]),
    stage("dunning", []),
  ],
};

const difference: Schemas["EventDifference"] = {
  event, earlier: 2, is_complete: true, facts: { reason: "asked" },
  fields: [
    { field: "name", before: "Ann Example", after: "Ann Lee", is_known: true, is_different: true, said_by: "rating/1/1" },
    { field: "details", before: "sealed", after: "sealed", is_known: true, is_different: null, said_by: "rating/1/1" },
    { field: "version", before: null, after: 2, is_known: false, is_different: true, said_by: null },
  ],
};

const erasure = { account_id: "acc-0002", status: "none" as const, reason: null, asked_by: null, erased_at: null, documents_until: null, profile_destroyed_at: null, documents_destroyed_at: null };
const preview: Schemas["ErasurePreview"] = {
  account_id: "acc-0002", blockers: [{ code: "account_owes", detail: "money is owed by the account", can_be_overridden: true }],
  erases: [{ what: "profile", count: null }, { what: "payment_methods", count: 1 }, { what: "delivery_addresses", count: null }],
  keeps: [{ what: "documents", count: 12, until: "2037-01-01", why: "the law" }, { what: "bookkeeping", count: null, until: null, why: "it names nobody" }, { what: "usage", count: null, until: null, why: "by equipment" }],
};

export function trailed(request: Request, { resource, id, part }: Asked): Response | null {
  const { pathname } = new URL(request.url);
  if (resource === "events" && id && pathname.endsWith("/chain")) return Response.json(chain);
  if (resource === "events" && id && pathname.endsWith("/difference")) return Response.json(difference);
  if (resource === "audit-exports") return Response.json(startJob(120), { status: 201 });
  if (resource !== "accounts") return null;
  if (part === "subject-access") return Response.json(request.method === "POST" ? startJob(40) : { items: [] }, { status: request.method === "POST" ? 201 : 200 });
  if (part === "erasure") return Response.json(request.method === "POST" ? { ...erasure, preview } : erasure);
  return null;
}
