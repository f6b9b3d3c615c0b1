/** What the mock answers of what is set up once: tax tables, numbering series, automatic runs, an account's bill profile. */
import type { components } from "../src/api/schema.d.ts";
import { now } from "./data.ts";
import { accounts, pageOf } from "./rating.ts";
import type { Asked } from "./ratingAnswers.ts";

type Schemas = components["schemas"];
type Jurisdiction = Schemas["TaxJurisdictionShape"];
type Rate = Schemas["TaxRateShape"];
const may = (...actions: string[]) => actions.map((action) => ({ action, allowed: true, reason: null }));

const north: Schemas["LegalEntityShape"] = {
  id: "north", name: "Northwind Nederland B.V.", address: ["Keizersgracht 1", "1015 CJ Amsterdam"], tax_id: "NL001234567B01", payment_details: [], street: "Keizersgracht 1", postal_code: "1015 CJ", city: "Amsterdam", region: "", country: "NL", vat_id: "NL001234567B01",
  registration_id: "", electronic_address: "", iban: "NL91ABNA0417164300", bic: "", email: "", phone: "", tax: { place: "NL", consumer_country: false, evidence_needed: 1, registrations: ["NL"] }, series: { invoice: "NL", credit_note: "NLC", debit_note: "NLD" }, version: 1, accounts: 3, documents: 8,
  defined_at: now, allowed_actions: may("update"),
};

const links: Schemas["ChainLinkShape"][] = [1, 2].map((n) => ({
  n, number: `INV-00000${n}`, kind: "invoice", document_id: `inv-000${n}`, issued_on: "2026-11-01", sha256: String(n).repeat(64), previous_sha256: n === 1 ? null : "1".repeat(64), fingerprint: String(n).repeat(16),
}));

const place = (id: string, level: Jurisdiction["level"], name: string, parent_id: string | null, codes: string[] = [], more: Partial<Jurisdiction> = {}): Jurisdiction =>
  ({ id, level, name, parent_id, codes, postal_codes: [], round_by: null, version: 1, defined_at: now, allowed_actions: may("update", "delete"), ...more });

const places: readonly Jurisdiction[] = [
  place("FR", "country", "France", null), place("DE", "country", "Germany", null), place("US", "country", "United States", null, [], { round_by: "line", version: 4 }),
  place("US-IL", "state", "Illinois", "US", ["IL", "Illinois"]), place("US-NY", "state", "New York", "US", ["NY"]),
  place("US-IL-COOK", "county", "Cook County", "US-IL", ["Cook"]), place("US-IL-CHI", "city", "Chicago", "US-IL-COOK", ["Chicago"], { postal_codes: ["606", "607", "608"] }),
];

const rate = (id: string, jurisdiction_id: string, tax: string, percent: string, more: Partial<Rate> = {}): Rate => ({
  id, jurisdiction_id, tax, rate: percent, product_tax_class: "*", kind: "percent", category: "S", effective_from: "2026-01-01", effective_to: null, share: "100", includes: [], replaces: [], where: "any", reason: null,
  version: 1, defined_at: now, allowed_actions: may("update", "delete"), ...more,
});

const rates: readonly Rate[] = [
  rate("fr-vat", "FR", "VAT", "20"), rate("fr-vat-tv", "FR", "VAT", "10", { product_tax_class: "broadcasting" }), rate("de-vat", "DE", "VAT", "19", { effective_to: "2027-01-01" }),
  rate("us-excise", "US", "Federal excise", "3", { product_tax_class: "voice" }), rate("us-fusf", "US", "FUSF", "38.1", { product_tax_class: "voice", kind: "surcharge", share: "64.9" }),
  rate("il-telecom", "US-IL", "State telecom tax", "7", { product_tax_class: "voice", kind: "tax_on_tax", includes: ["us-excise"] }), rate("chi-telecom", "US-IL-CHI", "City telecom tax", "7", { product_tax_class: "voice" }),
];

const exemptions: readonly Schemas["TaxExemptionShape"][] = [
  { id: "ex-1", account_id: "acc-0002", jurisdiction_id: "US-IL", tax: null, product_tax_class: null, certificate: "E9999-0001-07", reason: "A school", valid_from: "2026-01-01", valid_to: null, granted_at: now, allowed_actions: may("end") },
  { id: "ex-2", account_id: "acc-0001", jurisdiction_id: "US", tax: "Federal excise", product_tax_class: "voice", certificate: "GOV-17", reason: null, valid_from: "2026-01-01", valid_to: "2026-12-01", granted_at: now, allowed_actions: may("end") },
];

const quote: Schemas["TaxQuoteShape"] = {
  currency: "EUR", lines: [{ id: "1", net: "100.00", allowance: "0.00", charge: "0.00", tax: "20.00" }],
  groups: [{ category: "S", rate: "20", base: "100.00", tax: "20.00", name: "VAT", reason: null, jurisdiction: "FR", rule: "eu_telecom", kind: "percent", rate_id: "fr-vat", rate_version: 1, share: "100", tax_round: "group" }],
  net: "100.00", allowances: "0.00", charges: "0.00", tax: "20.00", total: "120.00", prepaid: "0.00", payable: "120.00",
};

const series: readonly Schemas["SeriesShape"][] = [
  { id: "CN", kind: "credit_note", legal_entity: "", pattern: "CN-{n:06}", reset: "never", last: 0, last_number: null, last_issued_on: null, next_number: "CN-000001", version: 1 },
  { id: "INV", kind: "invoice", legal_entity: "Northwind Fibre", pattern: "MTR-{year}-{n:05}", reset: "year", last: 209, last_number: "MTR-2026-00209", last_issued_on: "2026-11-02", next_number: "MTR-2026-00210", version: 210 },
];

const broken: Schemas["ChainShape"] = {
  series_id: "INV", after: 0, to: 207, links: 207, unproven: 3, waiting: 0, sha256: null, holds: false, next: null,
  broken: { n: 207, number: "MTR-2026-00207", what: "document", stated: `MTR-2026-00207 of 2026-11-02, ${"9f2c1a7be0d34c58".repeat(4)}`, found: `MTR-2026-00207 of 2026-11-03, ${"07a91be3c5f2d480".repeat(4)}` },
};

const monthly: Schemas["AutomaticRunsShape"] = { cycle_id: "monthly", delay_hours: 30, period_end: "2026-12-01", due_at: "2026-12-02T05:00:00Z", policy: null, last_run_id: "run-7", version: 2 };

const opened = (account_id: string): Schemas["BillProfileShape"] => {
  const isTabled = account_id === "acc-0002";
  const tables = { kind: "determined", seller_country: "DE", place: "FR", evidence_needed: "2", consumer_country: "yes", default_tax_class: "telecom", evidence: ["billing_address:FR", "sim:FR"], registrations: [] };
  return {
    account_id, currency: "EUR", cycle_id: "monthly", time_zone: "Europe/Paris", terms_days: isTabled ? 30 : 14, tax: isTabled ? tables : { kind: "account_rate", rate: "20" }, tax_rate: isTabled ? null : "20",
    delivery: { email: { to: isTabled ? ["accounts@brown.example", "ann@brown.example"] : [] }, webhook: isTabled ? { url: "https://erp.brown.example/invoices", gone: false } : null, print: false, automatic: true }, late_fee_policy: isTabled ? "standard" : null,
    legal_entity: null, sources: { currency: "account", cycle_id: "account", tax: "account", terms_days: isTabled ? "account" : "operator", legal_entity: "operator", approval: "operator" }, approval: "policy", version: 3, allowed_actions: may("update"),
  };
};

const missing = () => Response.json({ title: "Not found", status: 404, errors: [] }, { status: 404 });
const only = <Row extends object>(rows: readonly Row[], query: URLSearchParams, ...names: (keyof Row & string)[]) => rows.filter((row) => names.every((name) => query.getAll(name).length === 0 || query.getAll(name).includes(String(row[name]))));

export async function setUp(request: Request, asked: Asked): Promise<Response | null> {
  const { resource, id, part, query } = asked;
  if (resource === "tax") return tax(request, asked);
  if (resource === "legal-entities") return id ? missing() : Response.json(pageOf([north], query));
  if (resource === "numbering-series" && part === "links") return Response.json(pageOf(links, query));
  if (resource === "numbering-series" && part === "chain") return Response.json(broken);
  if (resource === "numbering-series") return request.method === "POST" ? taken(request) : Response.json(pageOf(series, query));
  if (resource === "automatic-runs") return id ? automatic(request, id) : Response.json(pageOf(only([monthly], query, "cycle_id"), query));
  if (resource === "accounts" && id && part === "bill-profile") return profile(request, id);
  return null;
}

async function tax(request: Request, { id, part, n, query }: Asked): Promise<Response> {
  if (id === "quotes") return quoted(request);
  if (part === "import") return imported(request, query);
  if (request.method === "DELETE") return new Response(null, { status: 204 });
  if (id === "jurisdictions") return part ? one(places, part, request) : request.method === "POST" ? one(places, "FR", request) : Response.json(pageOf(only(places, query, "id", "level", "parent_id", "name"), query));
  if (id === "rates") return part ? one(rates, part, request) : request.method === "POST" ? one(rates, "fr-vat", request) : Response.json(pageOf(only(rates, query, "id", "jurisdiction_id", "product_tax_class", "kind"), query));
  return part ?? n ? one(exemptions, part ?? "", request) : request.method === "POST" ? one(exemptions, "ex-1", request) : Response.json(pageOf(only(exemptions, query, "account_id", "certificate"), query));
}

function one(rows: readonly { id: string }[], id: string, request: Request): Response {
  const row = rows.find((candidate) => candidate.id === id);
  return row ? Response.json(row, { status: request.method === "POST" ? 201 : 200 }) : missing();
}

async function quoted(request: Request): Promise<Response> {
  const { seller, ship_to } = (await request.json()) as Partial<Schemas["TaxQuoteBody"]>;
  if (!seller?.country) return refusal("/lines/0/seller", "required", "give the seller and its country");
  if (ship_to?.country === "HU") return refusal("/ship_to/country", "tax_place_unknown", "there is no tax jurisdiction HU");
  return Response.json(quote);
}

async function imported(request: Request, query: URLSearchParams): Promise<Response> {
  const { csv = "" } = (await request.json()) as { csv?: string };
  if (csv.includes("oops")) return refusal("/lines/2/rate", "not_a_decimal", "“oops” is no decimal number");
  const before = { jurisdiction_id: "FR", tax: "VAT", rate: "20", effective_from: "2026-01-01" };
  const items = [{ kind: "changed" as const, id: "fr-vat", before, after: { ...before, rate: "21" } }, { kind: "added" as const, id: "fr-vat-low", before: null, after: { ...before, rate: "5.5", product_tax_class: "books" } }];
  return Response.json({ preview: query.get("preview") === "true", added: 1, changed: 1, unchanged: 3, items, total: 2 });
}

async function taken(request: Request): Promise<Response> {
  const { pattern } = (await request.json()) as Schemas["SeriesBody"];
  return pattern.startsWith("MTR") ? refusal("/pattern", "pattern_taken", "numbers of series INV could look the same", 409) : Response.json({ ...series[0]!, pattern }, { status: 201 });
}

async function automatic(request: Request, cycle_id: string): Promise<Response> {
  if (request.method === "DELETE") return new Response(null, { status: 204 });
  if (request.method !== "PUT") return cycle_id === "monthly" ? Response.json(monthly) : missing();
  return Response.json({ ...monthly, cycle_id, ...((await request.json()) as Schemas["AutomaticRunsBody"]) });
}

async function profile(request: Request, id: string): Promise<Response> {
  if (!accounts.some((account) => account.id === id)) return missing();
  if (request.method !== "PATCH") return Response.json(opened(id));
  if (request.headers.get("If-Match") !== String(opened(id).version)) return Response.json({ title: "It has changed", status: 412, errors: [] }, { status: 412 });
  return Response.json({ ...opened(id), version: 4 });
}

function refusal(pointer: string, code: string, detail: string, status = 422): Response {
  return Response.json({ title: "Refused", status, detail, errors: [{ pointer, code, detail }] }, { status, headers: { "Content-Type": "application/problem+json" } });
}
