import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
import "../ui/table/AntTable";
// Loaded before a test waits for them: a busy machine takes longer for it than a test waits.
import "../features/invoicing/corrections/CreditDialog";
import "../features/invoicing/corrections/InvoiceCredits";
import "../features/invoicing/corrections/ReissueDialog";
import "../features/invoicing/corrections/VoidDialog";
import "./pages/CreditNotePage";
import "./pages/CreditNotesPage";
import "./pages/InvoicePage";
import { showAt } from "../test/render";
import { sentTo } from "../test/sent";
import { server } from "../test/setup";

/** The first page of a file brings the whole shell with it. */
const first = { timeout: 45_000 };

test("an issued invoice offers its corrections, one that is paid says why it can't be void, a void one offers none", async () => {
  showAt("/invoices/inv-0209");
  expect(await screen.findByRole("button", { name: "Void" }, first)).toBeDisabled();
  expect(screen.getByText("it is paid in part or in full: credit it")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Credit" })).toBeEnabled();
  expect(screen.getByRole("button", { name: "Issue anew" })).toBeEnabled();
});

test("an invoice that nothing was paid of is made void with a reason, for the invoice as it was read", async () => {
  const sent = sentTo("/v1/invoices/inv-0204/void");
  const { user } = showAt("/invoices/inv-0204");
  await user.click(await screen.findByRole("button", { name: "Void" }));
  const dialog = await screen.findByRole("dialog", { name: "Make this invoice void?" });
  const verb = within(dialog).getByRole("button", { name: "Void" });
  expect(verb).toBeDisabled();
  await user.selectOptions(within(dialog).getByLabelText("Reason"), "Wrong account");
  await user.type(within(dialog).getByLabelText(/^Note/), "Meant for acc-7");
  await user.click(verb);
  expect(await screen.findByText("The invoice is void")).toBeInTheDocument();
  expect(sent.map(({ body, version }) => [body, version])).toEqual([[{ reason: "wrong_account", note: "Meant for acc-7" }, "4"]]);
});

test("a void invoice says why and since when, and keeps its document", async () => {
  showAt("/invoices/inv-0205");
  const side = await screen.findByRole("complementary", { name: "Summary" });
  expect(side).toHaveTextContent(/Void because of.*Billed twice/);
  expect(side).toHaveTextContent(/Void since/);
  expect(screen.getByRole("link", { name: "Open PDF" })).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Credit" })).toBeNull();
});

async function creditDialog(id: string) {
  const { user } = showAt(`/invoices/${id}`);
  await user.click(await screen.findByRole("button", { name: "Credit" }));
  const dialog = await screen.findByRole("dialog", { name: "Credit this invoice?" });
  await within(dialog).findByRole("region", { name: "What is left" });
  return { user, dialog };
}

test("all that is left is credited, and what is left is told before", async () => {
  const sent = sentTo("/v1/invoices/inv-0206/credit-notes");
  const { user, dialog } = await creditDialog("inv-0206");
  expect(within(dialog).getByRole("region", { name: "What is left" })).toHaveTextContent(/Left of the invoice afterwards.*€0.00/);
  await user.selectOptions(within(dialog).getByLabelText("Reason"), "Goodwill");
  await user.click(within(dialog).getByRole("button", { name: "Credit" }));
  expect(await screen.findByText("The invoice was credited")).toBeInTheDocument();
  expect(sent.map(({ body, version }) => [body, version])).toEqual([[{ reason: "goodwill", note: "" }, "4"]]);
});

test("lines are credited whole or in part, counted before tax", async () => {
  const sent = sentTo("/v1/invoices/inv-0209/credit-notes");
  const { user, dialog } = await creditDialog("inv-0209");
  await user.click(within(dialog).getByRole("radio", { name: "Lines" }));
  const verb = within(dialog).getByRole("button", { name: "Credit" });
  await user.selectOptions(within(dialog).getByLabelText("Reason"), "Corrected price");
  expect(verb).toBeDisabled();
  await user.click(await within(dialog).findByRole("checkbox", { name: /monthly fee/ }));
  await user.click(within(dialog).getByRole("checkbox", { name: /Data beyond/ }));
  await user.type(within(dialog).getByRole("textbox", { name: /^Credit of line 2/ }), "0,10");
  expect(within(dialog).getByRole("region", { name: "What is left" })).toHaveTextContent(/Credited now, before tax.*€25.00/);
  await user.click(verb);
  expect(await screen.findByText("The invoice was credited")).toBeInTheDocument();
  expect(sent.map(({ body }) => body)).toEqual([{ reason: "price_correction", note: "", lines: [{ n: 1 }, { n: 2, net: "0.10" }] }]);
});

test("an amount is credited with its tax, and more than is left can't be sent", async () => {
  const sent = sentTo("/v1/invoices/inv-0209/credit-notes");
  const { user, dialog } = await creditDialog("inv-0209");
  await user.click(within(dialog).getByRole("radio", { name: "An amount" }));
  await user.selectOptions(within(dialog).getByLabelText("Reason"), "Service outage");
  const amount = within(dialog).getByRole("textbox", { name: "Amount in EUR, tax included" });
  await user.type(amount, "99999");
  expect(within(dialog).getByText("This is more than is left.")).toBeInTheDocument();
  expect(within(dialog).getByRole("button", { name: "Credit" })).toBeDisabled();
  await user.clear(amount);
  await user.type(amount, "12.00");
  await user.click(within(dialog).getByRole("button", { name: "Credit" }));
  await waitFor(() => expect(sent.map(({ body }) => body)).toEqual([{ reason: "service_outage", note: "", amount: { amount: "12.00", currency: "EUR" } }]));
});

test("what the server refuses of a line stands at that line", async () => {
  const { user, dialog } = await creditDialog("inv-0209");
  await user.click(within(dialog).getByRole("radio", { name: "Lines" }));
  await user.click(await within(dialog).findByRole("checkbox", { name: /monthly fee/ }));
  await user.type(within(dialog).getByRole("textbox", { name: /^Credit of line 1/ }), "9999");
  await user.selectOptions(within(dialog).getByLabelText("Reason"), "Goodwill");
  await user.click(within(dialog).getByRole("button", { name: "Credit" }));
  expect(await within(dialog).findAllByText(/more than is left of the line/)).not.toHaveLength(0);
  expect(within(dialog).getByRole("textbox", { name: /^Credit of line 1/ })).toBeInvalid();
});

test("an invoice is issued anew: the draft that takes its place opens, and the one that was replaced leads to it", async () => {
  const sent = sentTo("/v1/invoices/inv-0206/reissue");
  const { user, place } = showAt("/invoices/inv-0206");
  await user.click(await screen.findByRole("button", { name: "Issue anew" }));
  const dialog = await screen.findByRole("dialog", { name: "Issue this invoice anew?" });
  await user.selectOptions(within(dialog).getByLabelText("Reason"), "Wrong details");
  await user.click(within(dialog).getByRole("button", { name: "Issue anew" }));
  await waitFor(() => expect(place.current).toBe("/invoices/inv-0144"));
  expect(sent.map(({ body, version }) => [body, version])).toEqual([[{ reason: "wrong_details", note: "" }, "4"]]);
});

test("an invoice and the one in its place lead to each other", async () => {
  showAt("/invoices/inv-0204");
  expect(await screen.findByRole("link", { name: "inv-0209" })).toHaveAttribute("href", "/invoices/inv-0209");
});

test("the credit notes of an invoice are on its page with what they left, and lead to their own", async () => {
  showAt("/invoices/inv-0206?view=credits");
  const table = await screen.findByRole("table", { name: "Credit notes" });
  expect(within(table).getByRole("row", { name: /CN-000001/ })).toHaveTextContent(/Billing error.*€3.00/);
  expect(within(table).getByRole("link", { name: "CN-000001" })).toHaveAttribute("href", "/invoices/credit-notes/cn-1");
  expect(screen.getByText("Left of the invoice")).toBeInTheDocument();
  expect(screen.getByRole("complementary", { name: "Summary" })).toHaveTextContent(/Credited€3.00/);
});

test("each tax of an invoice says of what it is, by which rule, rate and place", async () => {
  showAt("/invoices/inv-0209?view=taxes");
  const row = await screen.findByRole("row", { name: /VAT/ });
  expect(row).toHaveTextContent(/Seller and customer in one country.*Jurisdiction FR.*Rate fr-vat, version 2.*Rounded once over all lines.*Lines 1, 2, 3.*20\s%/);
});

test("the tax of a draft is a forecast, and not asked for", async () => {
  showAt("/invoices/inv-0144?view=taxes");
  expect(await screen.findByText(/The tax of a draft is a forecast/)).toBeInTheDocument();
});

test("an electronic invoice that the norm refuses says what is missing, and no page of JSON opens", async () => {
  const { user } = showAt("/invoices/inv-0209");
  await user.click(await screen.findByRole("button", { name: "XML (UBL)" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("the electronic invoice needs a reference of the customer (BT-10)");
  expect(screen.getByRole("link", { name: "Lines as CSV" })).toHaveAttribute("href", "/v1/invoices/inv-0209/csv");
});

test("who may not read names is offered no electronic invoice", async () => {
  server.use(http.get("*/v1/session", () => HttpResponse.json({ email: "a@demo.example", role: "auditor", allowed: ["read"] })));
  showAt("/invoices/inv-0209");
  expect(await screen.findByRole("link", { name: "JSON" })).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "XML (UBL)" })).toBeNull();
});

test("credit notes are listed with their invoice, their reason and their sum, and one shows the lines that it credits", async () => {
  const { user, place } = showAt("/invoices/credit-notes");
  const table = await screen.findByRole("table", { name: "Credit notes" });
  const row = await within(table).findByRole("row", { name: /CN-000001/ });
  expect(row).toHaveTextContent(/MTR-2026-00206.*Billing error.*€3.00/);
  await user.click(within(row).getByRole("link", { name: "CN-000001" }));
  expect(place.current).toBe("/invoices/credit-notes/cn-1");
  const lines = await screen.findByRole("table", { name: "Credited lines" });
  expect(within(lines).getByRole("link", { name: "Line 1" })).toHaveAttribute("href", "/invoices/inv-0206?explain=1");
  expect(screen.getByRole("complementary", { name: "Summary" })).toHaveTextContent(/One day of the fee/);
});
