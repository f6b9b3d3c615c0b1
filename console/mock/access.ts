/** What the mock answers of users, API keys, roles, and one's own sessions. */
import type { components } from "../src/api/schema.d.ts";
import { now } from "./data.ts";
import { pageOf } from "./rating.ts";
import type { Asked } from "./ratingAnswers.ts";

type Schemas = components["schemas"];
const may = (...actions: string[]) => actions.map((action) => ({ action, allowed: true, reason: null }));
const link = { link: "/set-password#q1w2e3r4t5", link_expires_at: "2026-11-26T08:00:00Z" };

const user = (id: string, email: string, role: string, more: Partial<Schemas["UserView"]> = {}): Schemas["UserView"] => ({
  id, email, role, status: "active", second_factor: false, provider: false, legal_entities: null, language: null, created_at: now, last_sign_in_at: now,
  allowed_actions: [...may("give_role", "hold_to_entities", "password_link", "end_sessions"), { action: "remove_second_factor", allowed: false, reason: "there is none" }, ...may("deactivate"), { action: "reactivate", allowed: false, reason: "the user is active" }], ...more,
});

export const users: readonly Schemas["UserView"][] = [
  user("u1", "admin@demo.example", "admin", { second_factor: true }), user("u2", "billing@demo.example", "billing"),
  user("u3", "till@demo.example", "cashier", { status: "invited", last_sign_in_at: null }), user("u4", "gone@demo.example", "support", { status: "deactivated", allowed_actions: may("reactivate") }),
];

const key = (id: string, name: string, role: string, more: Partial<Schemas["KeyView"]> = {}): Schemas["KeyView"] => ({
  id, name, role, scopes: null, legal_entities: null, created_by: "user:u1", created_at: now, expires_at: null, last_used_at: now, rotated_at: null, previous_until: null, revoked_at: null, status: "active", allowed_actions: may("rotate", "revoke"), ...more,
});

export const keys: readonly Schemas["KeyView"][] = [
  key("k1", "Collector of Paris", "ingest"), key("k2", "Accounting", "billing", { scopes: ["invoices:read", "payments:write"], expires_at: "2027-06-01T00:00:00Z", last_used_at: null }),
  key("k3", "Old script", "support", { status: "revoked", revoked_at: now, allowed_actions: [] }),
];

const fixed = (name: string, ...words: string[]): Schemas["RoleView"] => ({ name, description: "", may: words, fixed: true, based_on: null, scopes: [], holders: null, version: null, allowed_actions: [] });

export const roles: readonly Schemas["RoleView"][] = [
  fixed("admin", "read", "report_usage", "write", "issue", "record_payment", "audit", "personal_data", "manage_access"), fixed("billing", "read", "write", "issue", "record_payment", "audit", "personal_data"),
  fixed("support", "read", "personal_data"), fixed("auditor", "read", "audit"), fixed("ingest", "report_usage"),
  { name: "cashier", description: "The till", may: ["read", "write", "record_payment", "personal_data"], fixed: false, based_on: "billing", scopes: ["payments:write", "invoices:read"], holders: 1, version: 1, allowed_actions: [...may("update"), { action: "delete", allowed: false, reason: "1 people and API keys have it" }] },
];

const sessions: readonly Schemas["OwnSessionView"][] = [
  { id: "s1", method: "password_code", network: "192.0.2.1", agent: "Firefox", created_at: now, last_seen_at: now, expires_at: "2026-11-23T20:00:00Z", current: true },
  { id: "s2", method: "password", network: "2001:db8::/64", agent: "Safari", created_at: now, last_seen_at: now, expires_at: "2026-11-23T20:00:00Z", current: false },
];

const passkeys: readonly Schemas["PasskeyView"][] = [
  { id: "p1", name: "Telephone", is_synced: true, created_at: now, last_used_at: now }, { id: "p2", name: "Key in the safe", is_synced: false, created_at: now, last_used_at: null },
];
const policy: Schemas["AccessPolicyView"] = { idle_minutes: 120, session_hours: 12, second_factor_roles: ["admin"], version: 3 };
const signIn: Schemas["SignInView"] = {
  password_min: 8, password_max: 256, origin: "https://billing.example.net",
  provider: {
    name: "Acme", issuer: "https://id.example.net/realms/acme", client_id: "meterlog", scopes: "openid email profile", join: "anybody", email_domains: ["example.net"], roles_claim: "groups",
    roles: [{ group: "billing-team", role: "billing" }, { group: "noc", role: "support" }], default_role: null, second_factor: "said", callback: "https://billing.example.net/login/provider",
  },
};

const image = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h3v3H1zM5 5h3v3H5z"/></svg>')}`;
const codes = ["abcd-efgh-ijkl-mnop", "qrst-uvwx-yz23-4567"];
const done = () => new Response(null, { status: 204 });

export async function accessed(request: Request, { resource, id, part, query }: Asked): Promise<Response | null> {
  if (resource === "sessions") return request.method === "GET" ? Response.json({ items: sessions, total: sessions.length }) : id === "end-others" ? Response.json({ sessions: 1 }) : done();
  if (resource === "session" && id === "passkeys" && request.method === "GET") return Response.json({ items: passkeys, total: passkeys.length });
  if (resource === "session" && id) return ownAccess(id, part);
  if (resource === "access-policy") return Response.json(id ? signIn : policy);
  if (resource === "roles") return request.method === "GET" ? Response.json({ items: roles, total: roles.length, areas: ["invoices", "payments"] }) : request.method === "DELETE" ? done() : Response.json(roles[5], { status: request.method === "POST" ? 201 : 200 });
  if (resource === "users") return usersOf(request, id, part, query);
  if (resource === "api-keys") return keysOf(request, id, part, query);
  return null;
}

function ownAccess(id: string, part: string | undefined): Response {
  if (id === "recovery-codes" || part === "confirm") return Response.json({ codes }, { status: part ? 200 : 201 });
  if (id === "second-factor" && !part) return Response.json({ secret: "GEZDGNBVGY3TQOJQ", uri: "otpauth://totp/x", image }, { status: 201 });
  return done();
}

async function usersOf(request: Request, id: string | undefined, part: string | undefined, query: URLSearchParams): Promise<Response> {
  if (!id && request.method === "GET") return Response.json(pageOf(users.filter(({ status }) => among(query, "status", status)), query));
  if (!id) return Response.json({ ...users[2], ...((await request.json()) as object), ...link }, { status: 201 });
  if (part === "password-link") return Response.json({ kind: "reset", ...link }, { status: 201 });
  return Response.json(part === "end-sessions" ? { sessions: 1 } : users.find((one) => one.id === id));
}

async function keysOf(request: Request, id: string | undefined, part: string | undefined, query: URLSearchParams): Promise<Response> {
  if (request.method === "DELETE") return done();
  if (part === "rotate") return Response.json({ ...keys[0], key: "mk_k1_another" });
  if (id) return Response.json(keys.find((one) => one.id === id));
  return request.method === "GET" ? Response.json(pageOf(keys.filter(({ status }) => among(query, "status", status)), query)) : Response.json({ ...keys[1], key: "mk_k2_secret" }, { status: 201 });
}

const among = (query: URLSearchParams, name: string, value: string) => query.getAll(name).length === 0 || query.getAll(name).includes(value);
