/** What the mock answers of the bank: a statement with what its entries pay, a run of direct debits, methods and mandates. */
import type { components } from "../src/api/schema.d.ts";
import { now } from "./data.ts";
import { pageOf } from "./rating.ts";
import type { Asked } from "./ratingAnswers.ts";

type Schemas = components["schemas"];
type Entry = Schemas["BankEntryShape"];

const may = (...actions: string[]) => actions.map((action) => ({ action, allowed: true, reason: null }));
const eur = (amount: string) => ({ amount, currency: "EUR" });
const missing = () => Response.json({ title: "Not found", status: 404, errors: [] }, { status: 404 });

const statement: Schemas["BankStatementShape"] = {
  id: "bs-1", bank_account: "DE89370400440532013000", currency: "EUR", status: "matched", format: "camt", name: "november.xml", reference: "S-7", sha256: "00", entries: 3, taken: 3, repeated: 0,
  counts: { exact: 1, probable: 1, unmatched: 1, booking: 0, booked: 0, ignored: 0, outgoing: 0 }, net: eur("106.04"), opening: eur("1000.00"), closing: eur("1106.04"), balanced: true, from_on: "2026-11-08", to_on: "2026-11-09",
  recorded_at: now, others: [], allowed_actions: may("process", "match"),
};
const entry = (id: string, confidence: Entry["confidence"], more: Partial<Entry>): Entry => ({
  id, statement_id: "bs-1", booked_on: "2026-11-09", value_on: null, amount: eur("36.04"), name: "Ann Example", iban: "", text: "INV-000042", creditor_reference: "", bank_reference: "", end_to_end_id: "", mandate_id: "", return_code: "",
  status: "open", confidence, candidates: [], account_id: null, invoice_id: null, payment_id: null, paired_by: null, code: null, detail: "", allowed_actions: may("pair", "ignore"), ...more,
});
const seems = (reasons: string[]) => [{ account_id: "acc-0002", invoice_id: "inv-0209", number: "INV-000042", open: eur("36.04"), reasons }];
const entries: Entry[] = [
  entry("be-1", "exact", { candidates: seems(["invoice_number", "amount"]) }),
  entry("be-2", "probable", { amount: eur("30.00"), text: "part of INV-000042", candidates: seems(["invoice_number", "other_amount"]), allowed_actions: may("confirm", "pair", "ignore") }),
  entry("be-3", "none", { amount: eur("40.00"), name: "Unknown GmbH", text: "thank you" }),
];
const run: Schemas["DirectDebitRunShape"] = {
  id: "ddr-1", scheme: "CORE", collection_date: "2026-11-30", debits: 2, total: eur("72.08"), collected: eur("36.04"), counts: { placed: 0, booked: 1, returned: 1, cancelled: 0, refused: 0 }, placing: false, status: "submitted", booked_on: null,
  recorded_at: now, allowed_actions: may("submit", "book", "cancel"),
};
const debit = (id: string, more: Partial<Schemas["DirectDebitShape"]>): Schemas["DirectDebitShape"] => ({
  id, run_id: "ddr-1", account_id: "acc-0002", invoice_id: "inv-0209", number: "INV-000042", mandate_id: "MND-2", signed_on: "2026-01-05", sequence: "RCUR", currency: "EUR", amount: eur("36.04"), collection_date: "2026-11-30",
  status: "booked", booked_on: "2026-11-30", returned_on: null, code: "", detail: "", allowed_actions: may("return"), ...more,
});
const debits = [debit("dd-1", {}), debit("dd-2", { account_id: "acc-0003", number: "INV-000043", mandate_id: "MND-3", status: "returned", booked_on: null, returned_on: "2026-12-02", code: "AM04", detail: "insufficient funds", allowed_actions: [] })];

export function banked(request: Request, { resource, id, part, query }: Asked): Response | null {
  if (resource === "bank-statements") {
    if (!id) return Response.json(request.method === "POST" ? statement : pageOf([statement], query));
    return part === "matches" ? Response.json(pageOf(entries, query)) : Response.json(part === "entries" ? entries[0] : statement);
  }
  if (resource === "direct-debits") {
    if (!id) return Response.json(pageOf([run], query));
    return id === "creditor" ? missing() : Response.json(part === "debits" ? pageOf(debits, query) : run);
  }
  return resource === "payment-methods" || resource === "mandates" ? Response.json(pageOf([], query)) : null;
}
