import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
import "../api/bodies.json";
import "../features/payments/bank/entryDialogs";
import "../features/payments/bank/StatementDrawer";
import "../features/payments/bank/statementDialogs";
import "../features/payments/debits/dialogs";
import "../features/payments/methodDialogs";
import { PaymentMethods } from "../features/payments/PaymentMethods";
import { showAt, showIn } from "../test/render";
import { server } from "../test/setup";
import "../ui/table/AntTable";
import "./pages/BankStatementPage";
import "./pages/BankStatementsPage";
import "./pages/DirectDebitsPage";

const first = { timeout: 45_000 };
const page = { total: 1, totals: [], next_cursor: null, as_of: "2026-11-20T08:00:00Z" };
const eur = (amount: string) => ({ amount, currency: "EUR" });
const allowed = (...actions: string[]) => actions.map((action) => ({ action, allowed: true, reason: null }));
const statement = {
  id: "bs-1", bank_account: "DE89370400440532013000", currency: "EUR", status: "matched", format: "camt", name: "october.xml", reference: "S-7", sha256: "00", entries: 2, taken: 2, repeated: 0,
  counts: { exact: 1, probable: 1, unmatched: 0, booking: 0, booked: 0, ignored: 0, outgoing: 0 }, net: eur("66.04"), opening: null, closing: null, balanced: null, from_on: "2026-10-08", to_on: "2026-10-09",
  recorded_at: "2026-11-20T08:00:00Z", others: [], allowed_actions: allowed("process", "match"),
};
const entry = {
  id: "be-1", statement_id: "bs-1", booked_on: "2026-10-09", value_on: null, amount: eur("30.00"), name: "Ann Example", iban: "", text: "part of INV-000042", creditor_reference: "", bank_reference: "", end_to_end_id: "", mandate_id: "", return_code: "",
  status: "open", confidence: "probable", candidates: [{ account_id: "acc-1", invoice_id: "inv-7", number: "INV-000042", open: eur("36.04"), reasons: ["invoice_number", "other_amount"], also: [] }],
  account_id: null, invoice_id: null, payment_id: null, paired_by: null, code: null, detail: "", allowed_actions: allowed("confirm", "pair", "ignore"),
};

function shows() {
  server.use(
    http.get("*/v1/bank-statements", () => HttpResponse.json({ ...page, items: [statement] })),
    http.get("*/v1/bank-statements/bs-1", () => HttpResponse.json(statement)),
    http.get("*/v1/bank-statements/bs-1/matches", () => HttpResponse.json({ ...page, totals: [{ currency: "EUR", amount: "30.00" }], items: [entry] })),
  );
}

test("a statement is listed with how much of it waits, and leads to its entries", async () => {
  shows();
  showAt("/payments/bank-statements");
  const table = await screen.findByRole("table", { name: "Bank statements" }, first);
  const row = await within(table).findByRole("row", { name: /october.xml/ });
  expect(within(row).getByRole("link", { name: "october.xml" })).toHaveAttribute("href", "/payments/bank-statements/bs-1");
});

test("what is proposed is confirmed with its reasons in sight", async () => {
  const sent: string[] = [];
  shows();
  server.use(http.post("*/v1/bank-statements/bs-1/entries/be-1/confirm", () => { sent.push("confirm"); return HttpResponse.json({ ...entry, status: "booked" }); }));
  const { user } = showAt("/payments/bank-statements/bs-1");
  const row = await screen.findByRole("row", { name: /part of INV-000042/ }, first);
  expect(row).toHaveTextContent("number · another amount");
  await user.click(within(row).getByRole("button", { name: "Actions for this entry" }));
  await user.click(await screen.findByRole("button", { name: "Confirm" }));
  await user.click(within(await screen.findByRole("dialog", { name: "Is this right?" })).getByRole("button", { name: "Confirm" }));
  await waitFor(() => expect(sent).toEqual(["confirm"]));
});

test("of a CSV file the columns are mapped and its first entries seen before it is taken", async () => {
  const asked: URLSearchParams[] = [];
  shows();
  server.use(http.post("*/v1/bank-statements", ({ request }) => {
    const query = new URL(request.url).searchParams;
    asked.push(query);
    if (!query.has("preview")) return HttpResponse.json(statement, { status: 201 });
    const known = query.has("columns");
    return HttpResponse.json({ format: known ? "csv" : null, headings: ["Tag", "Betrag"], entries: known ? 1 : null, accounts: known ? ["house"] : [], first: known ? [{ booked_on: "2026-10-09", amount: eur("1.50"), name: "", iban: "", text: "hallo" }] : [] });
  }));
  const { user, place } = showAt("/payments/bank-statements?create=1");
  const drawer = await screen.findByRole("dialog", { name: "Send a statement" }, first);
  await user.upload(within(drawer).getByLabelText("The file: camt, MT940 or CSV"), new File(["Tag;Betrag\n"], "bank.csv"));
  await user.type(await within(drawer).findByLabelText("Our bank account"), "house");
  await user.selectOptions(within(drawer).getByLabelText("Column: booked on"), "Tag");
  await user.selectOptions(within(drawer).getByLabelText("Column: amount"), "Betrag");
  await user.click(within(drawer).getByRole("button", { name: "Look at the first entries" }));
  expect(await within(drawer).findByText("hallo")).toBeInTheDocument();
  await user.click(within(drawer).getByRole("button", { name: "Take it" }));
  await waitFor(() => expect(place.current).toBe("/payments/bank-statements/bs-1"));
  expect(JSON.parse(asked.at(-1)!.get("columns")!)).toMatchObject({ booked_on: "Tag", amount: "Betrag", date_format: "DD.MM.YYYY", decimal_mark: "," });
});

test("nothing is collected before the dry run was seen", async () => {
  const sent: unknown[] = [];
  server.use(
    http.get("*/v1/direct-debits", () => HttpResponse.json({ ...page, total: 0, items: [] })),
    http.post("*/v1/direct-debits", async ({ request }) => {
      const body = (await request.json()) as { dry_run: boolean };
      sent.push(body);
      if (!body.dry_run) return HttpResponse.json({ id: "dd-1", status: "open" }, { status: 201 });
      return HttpResponse.json({ collection_date: "2026-12-15", scheme: "CORE", debits: 1, excluded: 0, total: eur("36.04"), items: [{ account_id: "acc-1", invoice_id: "inv-7", number: "INV-000042", mandate_id: "M-1", amount: eur("36.04"), due_on: "2026-12-01", why_not: null }] });
    }),
  );
  const { user } = showAt("/payments/direct-debits?create=1");
  const drawer = await screen.findByRole("dialog", { name: "Collect" }, first);
  expect(within(drawer).getByRole("button", { name: "Collect" })).toBeDisabled();
  await user.click(within(drawer).getByRole("button", { name: "See what would be collected" }));
  expect(await within(drawer).findByText("INV-000042")).toBeInTheDocument();
  await user.click(within(drawer).getByRole("button", { name: "Collect" }));
  await waitFor(() => expect(sent).toMatchObject([{ dry_run: true }, { dry_run: false, collection_date: "2026-12-15" }]));
});

test("a customer's bank account is shown with its mandate, which is signed for a day", async () => {
  const sent: unknown[] = [];
  const method = { id: "pm-1", account_id: "acc-1", kind: "bank_account", label: "NL•••4300", gateway: "", preferred: true, status: "active", holder: "Ann Example", iban: "NL91ABNA0417164300", allowed_actions: allowed("remove") };
  const mandate = { id: "M-1", account_id: "acc-1", payment_method_id: "pm-1", kind: "recurring", scheme: "CORE", status: "pending", registered_on: "2026-11-01", signed_on: null, debits: 0, used_on: null, over_on: null, reason: "", recorded_at: "2026-11-01T08:00:00Z", allowed_actions: allowed("sign", "revoke") };
  server.use(
    http.get("*/v1/payment-methods", () => HttpResponse.json({ ...page, items: [method] })),
    http.get("*/v1/mandates", () => HttpResponse.json({ ...page, items: [mandate] })),
    http.post("*/v1/mandates/M-1/sign", async ({ request }) => { sent.push(await request.json()); return HttpResponse.json({ ...mandate, status: "active" }); }),
  );
  const { user } = showIn(<PaymentMethods id="acc-1" mayWrite />);
  expect(await screen.findByText("NL91ABNA0417164300", undefined, first)).toBeInTheDocument();
  await user.click(await screen.findByRole("button", { name: "Actions for this mandate" }));
  await user.click(await screen.findByRole("button", { name: "It is signed" }));
  await user.type(await screen.findByLabelText(/^Signed on/, undefined, first), "2026-11-02");
  await user.click(within(screen.getByRole("dialog", { name: "It is signed" })).getByRole("button", { name: "It is signed" }));
  await waitFor(() => expect(sent).toEqual([{ signed_on: "2026-11-02" }]));
});
