import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
// A busy machine may take longer to read a page's code than a test waits.
import "../api/bodies.json";
import "../features/invoicing/lateFees/CustomerLateFees";
import "../features/invoicing/lateFees/dialogs";
import "../features/invoicing/lateFees/WaiveDialog";
import "../ui/table/AntTable";
import "./pages/CustomerPage";
import "./pages/LateFeePoliciesPage";
import "./Shell";
import { showAt } from "../test/render";
import { server } from "../test/setup";

const page = { total: 1, totals: [], next_cursor: null, as_of: "2026-11-20T08:00:00Z" };
const allowed = (action: string) => ({ action, allowed: true, reason: null });
const policy = {
  id: "standard", name: "Standard", currency: "EUR", grace_days: 3, minimum_overdue: null, cap: { amount: "25.00" }, tax_class: null, fee_on_fees: false,
  steps: [{ after_days: 1, fee: { flat: "5.00" } }, { after_days: 30, fee: { daily_interest: { annual_rate: "9", days_in_year: "365" } } }],
  version: 2, accounts: 3, defined_at: "2026-11-01T08:00:00Z", allowed_actions: [allowed("update"), { action: "delete", allowed: false, reason: "3 accounts have it" }],
};
const fee = {
  id: "fee-1", account_id: "acc-0001", invoice_id: "inv-1", number: "INV-000042", due_on: "2026-10-15", step: 1, kind: "flat", amount: { amount: "5.00", currency: "EUR" }, base: { amount: "36.04", currency: "EUR" },
  currency: "EUR", charged_on: "2026-10-19", policy_id: "standard", policy_version: 2, capped: false, billed_on: null, line_n: null, waived_at: null, waived_reason: null, status: "waiting", allowed_actions: [allowed("waive")],
};

function sentTo(path: string, body: object) {
  const sent: { method: string; body: unknown; version: string | null }[] = [];
  server.use(http.all(path, async ({ request }) => {
    if (request.method !== "GET") sent.push({ method: request.method, body: await request.json(), version: request.headers.get("If-Match") });
    return HttpResponse.json(body);
  }));
  return sent;
}

test("a policy is made with its steps, each of its own kind", async () => {
  const sent = sentTo("*/v1/late-fee-policies", { ...page, items: [policy] });
  const { user } = showAt("/invoices/late-fee-policies?create=1");
  // The drawer is another one once it knows its fields.
  const name = await screen.findByRole("textbox", { name: "Name" });
  const drawer = screen.getByRole("dialog", { name: "New policy" });
  await user.type(name, "Gentle");
  await user.type(within(drawer).getByLabelText(/^Amount.*1/), "5,00");
  await user.click(within(drawer).getByRole("button", { name: "New policy" }));
  await waitFor(() => expect(sent.map(({ body }) => body)).toMatchObject([{ name: "Gentle", steps: [{ after_days: 1, fee: { flat: "5.00" } }] }]));
});

test("a policy is changed for the version that was read, and one that customers have can't be deleted", async () => {
  server.use(http.get("*/v1/late-fee-policies", () => HttpResponse.json({ ...page, items: [policy] })));
  const sent = sentTo("*/v1/late-fee-policies/standard", policy);
  const { user } = showAt("/invoices/late-fee-policies");
  await user.click(await screen.findByRole("button", { name: "Actions for Standard" }));
  expect(screen.getByRole("button", { name: /^Delete/ })).toBeDisabled();
  await user.click(screen.getByRole("button", { name: "Edit" }));
  const days = await screen.findByLabelText(/^After days.*2/);
  const drawer = screen.getByRole("dialog", { name: "Edit" });
  await user.clear(days);
  await user.type(days, "60");
  await user.click(within(drawer).getByRole("button", { name: "Edit" }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ method: "PUT", version: "2", body: { cap: { amount: "25.00" }, steps: [{ after_days: 1 }, { after_days: 60, fee: { daily_interest: { annual_rate: "9", days_in_year: "365" } } }] } });
});

test("a customer's page shows what would come and what was charged, and lets them off it for a reason", async () => {
  const coming = { invoice_id: "inv-1", number: "INV-000042", due_on: "2026-10-15", charged_on: "2026-11-14", step: 2, kind: "daily_interest", amount: { amount: "0.49", currency: "EUR" }, base: { amount: "36.04", currency: "EUR" }, percent: null, annual_rate: "9", days_in_year: "365", spans: [], capped: false, policy_id: "standard", policy_version: 2 };
  server.use(
    http.get("*/v1/accounts/:id/late-fees/upcoming", ({ params }) => HttpResponse.json({ account_id: params["id"], items: [coming], total: 1, as_of: page.as_of })),
    http.get("*/v1/late-fees", () => HttpResponse.json({ ...page, items: [fee] })),
  );
  const sent = sentTo("*/v1/late-fees/fee-1/waive", { ...fee, status: "waived" });
  const { user } = showAt("/customers/acc-0001?view=late_fees");
  expect(await screen.findByText("Interest by day")).toBeInTheDocument();
  await user.click(await screen.findByRole("button", { name: "Actions for the late fee on INV-000042" }));
  await user.click(screen.getByRole("button", { name: "Waive" }));
  const dialog = await screen.findByRole("dialog", { name: "Waive this late fee?" });
  await user.selectOptions(within(dialog).getByRole("combobox"), "goodwill");
  await user.click(within(dialog).getByRole("button", { name: "Waive" }));
  await waitFor(() => expect(sent.map(({ body }) => body)).toEqual([{ reason: "goodwill" }]));
});
