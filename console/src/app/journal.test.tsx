import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
import "../api/bodies.json";
import "../features/payments/chart/ChartDrawer";
import "../features/reporting/journal/ExportDrawer";
import { showAt } from "../test/render";
import { server } from "../test/setup";
import "../ui/table/AntTable";
import "./pages/ChartOfAccountsPage";
import "./pages/JournalEntryPage";
import "./pages/JournalExportsPage";
import "./pages/JournalPage";
import "./pages/RevenuePage";

const first = { timeout: 45_000 };
const now = "2026-11-20T08:00:00Z";
const eur = (amount: string) => ({ amount, currency: "EUR" });
const side = (account: string, number: string) => ({ account, number, name: account });
const posting = {
  n: 1, debit: side("deferred_revenue", "2300"), credit: side("revenue", "4000"), amount: eur("30.00"), line_n: 1, plan_id: "home", subscription_id: "line-1", charge_id: "ch-1", tax_class: "", tax_category: "S", tax_rate: "20", method: "",
  earned_from: "2026-11-01", earned_to: "2026-11-30",
};
const entry = {
  id: "invoicing-1-4-20261130", booked_on: "2026-11-30", posted_on: "2026-12-01", kind: "release", account_id: "acc-1", document_id: "inv-7", number: "INV-000042", invoice_id: "inv-7", amount: eur("30.00"), postings: [posting],
  event_id: "invoicing/1/4", event_type: "invoicing.InvoiceIssued.v1", recorded_at: now, actor: "user:ann", export_id: null,
};

const entities = { items: [{ id: "nl", name: "North B.V." }], total: 1, totals: [], next_cursor: null };

test("entries are listed with their accounts, and lead to the entry and its document", async () => {
  server.use(http.get("*/v1/journal", () => HttpResponse.json({ items: [entry], total: 1, totals: [{ currency: "EUR", amount: "30.00", credit: "30.00" }], next_cursor: null, as_of: now })));
  showAt("/journal");
  const table = await screen.findByRole("table", { name: "Journal" }, first);
  const row = await within(table).findByRole("row", { name: /invoicing-1-4-20261130/ });
  expect(row).toHaveTextContent("2300 · 4000");
  expect(within(row).getByRole("link", { name: "INV-000042" })).toHaveAttribute("href", "/invoices/inv-7");
});

test("an entry shows both sides of each posting, and the chain to its event", async () => {
  server.use(http.get("*/v1/journal/invoicing-1-4-20261130", () => HttpResponse.json(entry)));
  showAt("/journal/entries/invoicing-1-4-20261130");
  const table = await screen.findByRole("table", { name: "Debits and credits" }, first);
  expect(within(table).getByRole("row", { name: /2300/ })).toHaveTextContent("Line 1 · home · S 20 %");
  expect(screen.getByRole("link", { name: "invoicing/1/4" })).toHaveAttribute("href", "/usage/events?account_id=acc-1&type=invoicing.InvoiceIssued.v1");
  expect(screen.getByText("Its month was closed when it came")).toBeInTheDocument();
});

test("a month of revenue leads to the entries that it comes of", async () => {
  const answer = (items: unknown[]) => HttpResponse.json({ items, as_of: now, from: "2026-01-01", to: "2026-11-01", group_by: "month", currency: null });
  server.use(
    http.get("*/v1/reports/deferred-revenue", () => answer([{ month: "2026-11", currency: "EUR", opening: "0.00", deferred: "92.00", released: "30.00", closing: "62.00", recognised: "42.40" }])),
    http.get("*/v1/reports/unbilled", () => answer([])),
  );
  showAt("/journal/revenue");
  const table = await screen.findByRole("table", { name: "Deferred" }, first);
  expect(within(table).getByRole("link", { name: "2026-11" })).toHaveAttribute("href", "/journal?account=deferred_revenue&from=2026-11-01&to=2026-11-30");
  expect(within(table).getByRole("row", { name: /2026-11/ })).toHaveTextContent("62.00");
  expect(await screen.findByText("Nothing in these months")).toBeInTheDocument();
});

test("entries are those of one legal entity, or of the operator", async () => {
  const asked: (string | null)[] = [];
  server.use(http.get("*/v1/journal", ({ request }) => { asked.push(new URL(request.url).searchParams.get("legal_entity")); return HttpResponse.json({ items: [entry], total: 1, totals: [], next_cursor: null, as_of: now }); }), http.get("*/v1/legal-entities", () => HttpResponse.json(entities)));
  const { user } = showAt("/journal");
  const choice = await screen.findByRole("combobox", { name: "Legal entity" }, first);
  await user.selectOptions(choice, "North B.V.");
  await waitFor(() => expect(asked.at(-1)).toBe("nl"));
  await user.selectOptions(choice, "The operator itself");
  await waitFor(() => expect(asked.at(-1)).toBe(""));
});

test("a file of an export is of one legal entity where that is chosen", async () => {
  const summary = { id: "je-1", n: 1, month: "2026-10", closes: true, opens_on: null, exported_at: now, exported_by: "user:ann" };
  server.use(
    http.get("*/v1/journal-exports", () => HttpResponse.json({ items: [summary], total: 1, closed_through: "2026-10" })),
    http.get("*/v1/journal-exports/je-1", () => HttpResponse.json({ ...summary, postings: 7, entries: 3, files: [{ format: "csv", month: "2026-10", currency: "EUR", part: 1, url: "/v1/journal-exports/je-1/file?format=csv" }] })),
    http.get("*/v1/legal-entities", () => HttpResponse.json(entities)),
  );
  const { user } = showAt("/journal/exports");
  await user.selectOptions(await screen.findByRole("combobox", { name: "Legal entity" }, first), "North B.V.");
  expect(screen.getByRole("link", { name: /2026-10/ })).toHaveAttribute("href", "/v1/journal-exports/je-1/file?format=csv&legal_entity=nl");
});

test("a month is exported, and its files are there to be fetched", async () => {
  const sent: unknown[] = [];
  const summary = { id: "je-1", n: 1, month: "2026-10", closes: true, opens_on: null, exported_at: now, exported_by: "user:ann" };
  server.use(
    http.get("*/v1/journal-exports", () => HttpResponse.json({ items: [summary], total: 1, closed_through: "2026-10" })),
    http.get("*/v1/journal-exports/je-1", () => HttpResponse.json({ ...summary, postings: 7, entries: 3, files: [{ format: "datev", month: "2026-10", currency: "EUR", part: 1, url: "/v1/journal-exports/je-1/file?format=datev" }] })),
    http.post("*/v1/journal-exports", async ({ request }) => { sent.push(await request.json()); return HttpResponse.json({ ...summary, id: "je-2", n: 2, month: "2026-11" }, { status: 201 }); }),
  );
  const { user } = showAt("/journal/exports");
  expect(await screen.findByRole("link", { name: /DATEV, 2026-10/ }, first)).toHaveAttribute("href", "/v1/journal-exports/je-1/file?format=datev");
  await user.click(screen.getByRole("button", { name: "Export a month" }));
  // The drawer is another one once it knows its fields.
  await user.type(await screen.findByLabelText(/^Month \(2026-10\)/, {}, first), "2026-11");
  const drawer = screen.getByRole("dialog", { name: "Export a month" });
  await user.click(within(drawer).getByRole("button", { name: "Export a month" }));
  await waitFor(() => expect(sent).toEqual([{ month: "2026-11", closes: true }]));
});

test("a chart is begun from a sample and set from a day on", async () => {
  const sent: unknown[] = [];
  const rule = { account: "revenue", number: "4000", name: "Revenue", plan_id: null, tax_class: null, tax_category: null, tax_rate: null, method: null, automatic: false };
  const neutral = { name: "Neutral", rules: [rule], datev: null };
  const charts = { items: [], version: 0, in_force: neutral, in_force_version: 0 };
  server.use(
    http.get("*/v1/chart-of-accounts", () => HttpResponse.json(charts)),
    http.get("*/v1/chart-of-accounts/samples", () => HttpResponse.json({ items: [{ ...neutral, name: "SKR 03", rules: [{ ...rule, number: "8200" }] }] })),
    http.put("*/v1/chart-of-accounts", async ({ request }) => { sent.push(await request.json()); return HttpResponse.json({ ...charts, version: 1 }); }),
  );
  server.use(http.get("*/v1/session", () => HttpResponse.json({ email: "admin@demo.example", name: null, role: "admin", allowed: ["read", "write", "manage_access"] })));
  const { user } = showAt("/settings/chart-of-accounts");
  await user.click(await screen.findByRole("button", { name: "Set a chart" }, first));
  const sample = await screen.findByLabelText("Begin with", {}, first);
  const drawer = screen.getByRole("dialog", { name: "Set a chart" });
  await within(drawer).findByRole("option", { name: "SKR 03" });
  await user.selectOptions(sample, "SKR 03");
  expect(within(drawer).getByLabelText("Revenue: Number")).toHaveValue("8200");
  await user.type(within(drawer).getByLabelText(/^From/), "2027-01-01");
  await user.click(within(drawer).getByRole("button", { name: "Set a chart" }));
  await waitFor(() => expect(sent).toMatchObject([{ effective_from: "2027-01-01", name: "Neutral", rules: [{ number: "8200" }] }]));
});
