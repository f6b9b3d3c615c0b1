/** What the mock answers of the journal: entries, what is earned by month, exports, and the chart of accounts. */
import type { components } from "../src/api/schema.d.ts";
import { now } from "./data.ts";
import { pageOf } from "./rating.ts";
import type { Asked } from "./ratingAnswers.ts";

type Schemas = components["schemas"];
type Entry = Schemas["JournalEntryShape"];
type Posting = Schemas["JournalPostingShape"];

const eur = (amount: string) => ({ amount, currency: "EUR" });
const missing = () => Response.json({ title: "Not found", status: 404, errors: [] }, { status: 404 });
const side = (account: Posting["debit"]["account"], number: string, name: string) => ({ account, number, name });
const receivables = side("receivables", "1410", "Trade receivables");
const revenue = side("revenue", "8400", "Revenue");
const deferred = side("deferred_revenue", "0990", "Deferred revenue");

const posting = (n: number, debit: Posting["debit"], credit: Posting["credit"], amount: string, more: Partial<Posting> = {}): Posting => ({
  n, debit, credit, amount: eur(amount), line_n: null, plan_id: "", subscription_id: "", charge_id: "", tax_class: "", tax_category: "", tax_rate: "", method: "", earned_from: null, earned_to: null, ...more,
});
const entry = (id: string, kind: Entry["kind"], booked_on: string, amount: string, postings: Posting[], more: Partial<Entry> = {}): Entry => ({
  id, booked_on, posted_on: booked_on, kind, account_id: "acc-0002", legal_entity: "", document_id: "inv-0209", number: "INV-000042", invoice_id: "inv-0209", amount: eur(amount), postings, event_id: "invoicing/1/4", event_type: "invoicing.InvoiceIssued.v1",
  recorded_at: now, actor: "user:ann", export_id: null, ...more,
});
const home = { plan_id: "fibre-300", line_n: 1, tax_category: "S", tax_rate: "19" };
const entries: Entry[] = [
  entry("invoicing-1-4-20261101", "invoice", "2026-11-01", "124.24", [
    posting(1, receivables, deferred, "92.00", { ...home, earned_from: "2026-11-01", earned_to: "2027-01-31" }),
    posting(2, receivables, side("unbilled_revenue", "1500", "Unbilled revenue"), "12.40", { ...home, line_n: 2 }),
    posting(3, receivables, side("tax", "1776", "Tax 19 %"), "19.84", { tax_category: "S", tax_rate: "19" }),
  ]),
  entry("invoicing-1-4-20261130", "release", "2026-11-30", "30.00", [posting(4, deferred, revenue, "30.00", { ...home, earned_from: "2026-11-01", earned_to: "2026-11-30" })], { export_id: "je-1" }),
  entry("payments-1-9-20261109", "payment", "2026-11-09", "124.24", [posting(1, side("bank", "1200", "Bank"), side("customer_credit", "1700", "Credit of customers"), "124.24", { method: "bank_transfer" })], {
    document_id: "pay-7", number: "", invoice_id: null, event_id: "payments/1/9", event_type: "payments.PaymentRecorded.v1",
  }),
];
const summary: Schemas["JournalExportSummary"] = { id: "je-1", n: 1, month: "2026-10", closes: true, opens_on: null, exported_at: now, exported_by: "user:ann" };
const file = (format: "csv" | "datev") => ({ format, month: "2026-10", currency: "EUR", part: 1, url: `/v1/journal-exports/je-1/file?format=${format}&month=2026-10&currency=EUR&part=1` });
const rule = (account: Schemas["ChartRuleShape"]["account"], number: string, name: string, more: Partial<Schemas["ChartRuleShape"]> = {}): Schemas["ChartRuleShape"] => ({
  account, number, name, plan_id: null, tax_class: null, tax_category: null, tax_rate: null, method: null, automatic: false, ...more,
});
const terms: Schemas["ChartTermsShape"] = {
  name: "SKR 03", datev: { consultant: 29098, client: 55003, year_begins_in: 1, account_length: 4 },
  rules: [
    rule("receivables", "1410", "Forderungen"), rule("customer_credit", "1700", "Verbindlichkeiten"), rule("bank", "1200", "Bank"), rule("bank", "1000", "Kasse", { method: "cash" }), rule("revenue", "8200", "Erlöse"),
    rule("revenue", "8400", "Erlöse 19 % USt", { tax_rate: "19", automatic: true }), rule("deferred_revenue", "0990", "Passive Rechnungsabgrenzung"),
  ],
};
const charts: Schemas["ChartOfAccountsShape"] = { items: [{ ...terms, version: 1, effective_from: "2026-01-01", effective_to: null, set_at: now, set_by: "user:ann" }], version: 1, in_force: terms, in_force_version: 1 };
const reportOf = (items: unknown[]) => Response.json({ items, as_of: now, from: "2025-11-01", to: "2026-11-01", group_by: "month", currency: null });
const months = [
  { month: "2026-10", currency: "EUR", opening: "0.00", deferred: "0.00", released: "0.00", earned: "12.40", billed: "0.00", closing: "12.40", recognised: "12.40" },
  { month: "2026-11", currency: "EUR", opening: "0.00", deferred: "92.00", released: "30.00", earned: "0.00", billed: "12.40", closing: "62.00", recognised: "30.00" },
];

export function journalled({ resource, id, query }: Asked): Response | null {
  switch (resource) {
    case "journal": {
      if (!id) return Response.json({ ...pageOf(entries, query), totals: [{ currency: "EUR", amount: "278.48", credit: "278.48" }] });
      const found = entries.find((each) => each.id === id);
      return found ? Response.json(found) : missing();
    }
    case "journal-exports":
      return Response.json(id ? { ...summary, postings: 7, entries: 3, files: [file("datev"), file("csv")] } : { items: [summary], total: 1, closed_through: "2026-10" });
    case "chart-of-accounts":
      return Response.json(id ? { items: [terms] } : charts);
    case "reports":
      return id === "deferred-revenue" || id === "unbilled" ? reportOf(months) : null;
    default:
      return null;
  }
}
