/** What the mock answers of corrections of invoices: credit notes, void and issued anew, taxes; null for what is not among them. */
import type { components } from "../src/api/schema.d.ts";
import { invoices, minor, money, sum, today, type Invoice } from "./data.ts";
import { pageOf } from "./rating.ts";
import type { Asked } from "./ratingAnswers.ts";

type Schemas = components["schemas"];
type Note = Schemas["CreditNoteDetail"];

const zero = 0n;

/** Of an invoice that is credited in part from the start: its calls were billed wrongly. */
const credited = invoices.find(({ id }) => id === "inv-0206")!;

function noteOf(invoice: Invoice, n: number, net: bigint, reason: Note["reason"], line: number | null): Note {
  const [currency, tax] = [invoice.total.currency, (net * 20n + 50n) / 100n];
  const of = invoice.lines.find((one) => one.n === line);
  return {
    id: `cn-${n}`, number: `CN-${String(n).padStart(6, "0")}`, account_id: invoice.account_id, invoice_id: invoice.id, invoice_number: invoice.number!, status: "issued", reason, note: "", issued_on: today,
    net: money(net, currency), tax: money(tax, currency), total: money(net + tax, currency), reissued_as: null, legal_entity: null, period: invoice.period, version: 3,
    lines: [{ n: 1, invoice_line: line, kind: "credit", description: of?.description ?? "Credit", subscription_id: of?.subscription_id ?? null, plan_id: of?.plan_id ?? null, meter: null, unit: null, quantity: null, period: invoice.period, net: money(net, currency), charge_id: null, account_id: null }],
    tax_groups: [{ category: "S", rate: "20", base: money(net, currency).amount, tax: money(tax, currency).amount }],
  };
}

let notes: Note[] = [];

export function forgetCorrections(): void {
  notes = [{ ...noteOf(credited, 1, 250n, "billing_error", 1), note: "One day of the fee" }];
}
forgetCorrections();

function listOf(found: readonly Note[], query: URLSearchParams): Schemas["CreditNotePage"] {
  const of = (currency: string) => found.filter(({ total }) => total.currency === currency);
  const currencies = [...new Set(found.map(({ total }) => total.currency))];
  const totals = currencies.map((currency) => ({ currency, amount: sum(of(currency).map(({ total }) => total)), net: sum(of(currency).map(({ net }) => net)), tax: sum(of(currency).map(({ tax }) => tax)) }));
  return { ...pageOf(found.map(({ lines: _lines, tax_groups: _groups, ...note }) => note), query), totals };
}

export async function corrected(request: Request, { resource, id, part, query }: Asked): Promise<Response | null> {
  if (resource === "credit-notes") {
    const among = (name: "invoice_id" | "account_id" | "status" | "reason" | "number") => (note: Note) => query.getAll(name).length === 0 || query.getAll(name).includes(note[name] ?? "");
    if (!id) return Response.json(listOf(notes.filter(among("status")).filter(among("reason")).filter(among("invoice_id")).filter(among("number")), query));
    const note = notes.find((one) => one.id === id);
    return note ? Response.json(note) : Response.json({ title: "Not found", status: 404 }, { status: 404 });
  }
  if (resource === "invoices" && !id && request.method === "POST") {
    const { account_id } = (await request.json()) as Schemas["DemandBody"];
    return Response.json({ account_id, invoices: [], drafts_left: [] } satisfies Schemas["DemandShape"], { status: 201 });
  }
  if (resource === "debit-notes" && !id) return Response.json(debitNotes(query));
  const invoice = resource === "invoices" ? invoices.find((one) => one.id === id) : undefined;
  if (!invoice || part === undefined) return null;
  const isPost = request.method === "POST";
  switch (part) {
    case "taxes": return Response.json(taxesOf(invoice));
    case "credit-notes": return isPost ? credit(request, invoice) : Response.json(listOf(notes.filter((note) => note.invoice_id === invoice.id), query));
    case "reissue": return isPost ? reissue(request, invoice) : null;
    case "void": return isPost ? Response.json({ ...invoice, status: "void", void_reason: ((await request.json()) as Schemas["VoidBody"]).reason, voided_on: today, version: invoice.version + 1 }) : null;
    case "debit-notes": return isPost ? Response.json({ ...debitNote(), lines: [], tax_groups: [] }, { status: 201 }) : Response.json(debitNotes(query));
    case "approve": return isPost ? Response.json({ ...invoice, approval: { status: "approved", asked_by: null, by: "ann", reason: null }, version: invoice.version + 1 }) : null;
    case "reject": return isPost ? Response.json({ ...invoice, approval: { status: "rejected", asked_by: null, by: "ann", reason: ((await request.json()) as Schemas["RejectBody"]).reason }, version: invoice.version + 1 }) : null;
    case "csv": return new Response("row,n,description,net\n", { headers: { "Content-Type": "text/csv" } });
    case "json": return Response.json(invoice);
    case "xml": return query.get("syntax") === "ubl" ? Response.json({ type: "about:blank", title: "The customer is incomplete", status: 409, detail: "the electronic invoice needs a reference of the customer (BT-10)", code: "customer_incomplete", errors: [] }, { status: 409, headers: { "Content-Type": "application/problem+json" } }) : new Response("<Invoice/>", { headers: { "Content-Type": "application/xml" } });
    default: return null;
  }
}

/** The one debit note there is: a router that did not come back. */
function debitNote(): Schemas["DebitNoteShape"] {
  const of = invoices.find(({ id }) => id === "inv-0209")!;
  return {
    id: "dn-1", number: "DN-000001", account_id: of.account_id, invoice_id: of.id, invoice_number: of.number!, status: "issued", approval: null, reason: "missing_charge", note: "Router, not returned",
    issued_on: today, due_on: today, period: of.period, net: money(4_000n, "EUR"), tax: money(800n, "EUR"), total: money(4_800n, "EUR"), version: 3,
  };
}

function debitNotes(query: URLSearchParams): Schemas["DebitNotePage"] {
  const note = debitNote();
  const wanted = query.getAll("status");
  const found = wanted.length === 0 || wanted.includes(note.status) ? [note] : [];
  return { ...pageOf(found, query), totals: found.map(({ net, tax, total }) => ({ currency: "EUR", amount: total.amount, net: net.amount, tax: tax.amount })) };
}

function taxesOf(invoice: Invoice): Schemas["InvoiceTaxesShape"] {
  const lines = invoice.lines.map(({ n }) => n);
  const plain = { category: "S", rate: "20", base: invoice.net, tax: invoice.tax, name: "VAT", reason: null, kind: "percent", jurisdiction: "FR", rule: "domestic", rate_id: "fr-vat", rate_version: 2, share: "100", tax_round: "group", lines };
  return { invoice_id: invoice.id, status: invoice.status, items: [plain] };
}

async function credit(request: Request, invoice: Invoice): Promise<Response> {
  const body = (await request.json()) as Schemas["CreditNoteBody"];
  const left = minor(invoice.net) - notes.filter(({ invoice_id }) => invoice_id === invoice.id).reduce((all, { net }) => all + minor(net), zero);
  const ofLine = (n: number, net: string | null | undefined) => (net ? minor({ amount: net, currency: "EUR" }) : minor(invoice.lines.find((line) => line.n === n)!.net));
  const net = body.lines ? body.lines.reduce((all, { n, net: part }) => all + ofLine(n, part), zero) : body.amount ? (minor(body.amount) * 100n) / 120n : left;
  if (net > left) return Response.json({ type: "about:blank", title: "Over-credited", status: 409, detail: "more than is left of the line", errors: [{ pointer: "/lines/0/net", code: "over_credited", detail: "more than is left of the line" }] }, { status: 409, headers: { "Content-Type": "application/problem+json" } });
  const note = noteOf(invoice, notes.length + 1, net, body.reason, body.lines?.[0]?.n ?? null);
  notes = [...notes, note];
  return Response.json(note, { status: 201 });
}

async function reissue(request: Request, invoice: Invoice): Promise<Response> {
  const { reason } = (await request.json()) as Schemas["ReissueBody"];
  const note = { ...noteOf(invoice, notes.length + 1, minor(invoice.net), reason, null), reissued_as: "inv-0144" };
  notes = [...notes, note];
  return Response.json(note, { status: 201 });
}
