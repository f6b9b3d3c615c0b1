import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import "../ui/table/AntTable";
// Loaded before a test waits for them: a busy machine takes longer for it than a test waits.
import "../features/invoicing/checks/ApproveDialog";
import "../features/invoicing/checks/ClearanceDialog";
import "../features/invoicing/checks/InvoiceChecks";
import "../features/invoicing/checks/RejectDialog";
import "../features/invoicing/debits/DebitDialog";
import "./pages/DebitNotesPage";
import "./pages/InvoicePage";
import { showAt } from "../test/render";
import { sentTo } from "../test/sent";

/** The first page of a file brings the whole shell with it. */
const first = { timeout: 45_000 };

test("a draft that waits says who has asked, can't be issued, and is approved for the version that was read", async () => {
  const sent = sentTo("/v1/invoices/inv-0155/approve");
  const { user } = showAt("/invoices/inv-0155");
  expect(await screen.findByRole("button", { name: "Issue" }, first)).toBeDisabled();
  expect(await screen.findByText("billing@demo.example")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Approve" }));
  const dialog = await screen.findByRole("dialog", { name: "Approve this invoice?" });
  await user.type(within(dialog).getByLabelText(/^Note/), "Checked");
  await user.click(within(dialog).getByRole("button", { name: "Approve" }));
  expect(await screen.findByText("The invoice was approved")).toBeInTheDocument();
  expect(sent.map(({ body, version }) => [body, version])).toEqual([[{ note: "Checked" }, "1"]]);
});

test("it is rejected with a reason, and not without one", async () => {
  const sent = sentTo("/v1/invoices/inv-0155/reject");
  const { user } = showAt("/invoices/inv-0155");
  await user.click(await screen.findByRole("button", { name: "Reject" }));
  const dialog = await screen.findByRole("dialog", { name: "Reject this invoice?" });
  const verb = within(dialog).getByRole("button", { name: "Reject" });
  expect(verb).toBeDisabled();
  await user.type(within(dialog).getByRole("textbox", { name: "Reason" }), "The discount is missing");
  await user.click(verb);
  expect(await screen.findByText("The invoice was rejected")).toBeInTheDocument();
  expect(sent.map(({ body, version }) => [body, version])).toEqual([[{ reason: "The discount is missing" }, "1"]]);
});

test("an issued invoice says what the tax authority has said, and which debit notes raise it; nothing is approved of it", async () => {
  showAt("/invoices/inv-0209");
  expect(await screen.findByText("IT-4711")).toBeInTheDocument();
  const side = screen.getByRole("complementary", { name: "Summary" });
  expect(side).toHaveTextContent(/ClearanceCleared.*Tax authoritySdI/);
  expect(within(side).getByRole("link", { name: "€48.00" })).toHaveAttribute("href", "/invoices/dn-1");
  expect(screen.queryByRole("button", { name: "Approve" })).toBeNull();
});

test("debit notes are listed beside invoices, each with the invoice that it raises", async () => {
  showAt("/invoices/debit-notes");
  const row = await screen.findByRole("row", { name: /DN-000001/ });
  expect(row).toHaveTextContent(/Missing charge/);
  expect(within(row).getByRole("link", { name: "DN-000001" })).toHaveAttribute("href", "/invoices/dn-1");
});

test("an invoice is debited by a line that is taxed like one of its own", async () => {
  const sent = sentTo("/v1/invoices/inv-0209/debit-notes");
  const { user, place } = showAt("/invoices/inv-0209");
  await user.click(await screen.findByRole("button", { name: "Debit" }));
  const dialog = await screen.findByRole("dialog", { name: "Debit this invoice?" });
  const verb = within(dialog).getByRole("button", { name: "Debit" });
  await user.type(within(dialog).getByLabelText("What is claimed"), "Router, not returned");
  await user.type(within(dialog).getByLabelText("Amount in EUR, before tax"), "40,00");
  await within(dialog).findByRole("option", { name: "Fibre 300, monthly fee" });
  await user.selectOptions(within(dialog).getByLabelText("Taxed like"), "Fibre 300, monthly fee");
  expect(verb).toBeDisabled();
  await user.selectOptions(within(dialog).getByLabelText("Reason"), "Missing charge");
  await user.click(verb);
  await waitFor(() => expect(place.current).toBe("/invoices/dn-1"));
  expect(sent.map(({ body, version }) => [body, version])).toEqual([[{ reason: "missing_charge", note: "", lines: [{ description: "Router, not returned", net: "40.00", n: 1 }] }, "4"]]);
});

test("of an invoice that is submitted an authority says that it is cleared, with its number, or rejected", async () => {
  const sent = sentTo("/v1/invoices/inv-0208/clearance");
  const { user } = showAt("/invoices/inv-0208");
  await user.click(await screen.findByRole("button", { name: "Report clearance" }));
  const dialog = await screen.findByRole("dialog", { name: "What does the tax authority say?" });
  const verb = within(dialog).getByRole("button", { name: "Report clearance" });
  expect(within(dialog).getByRole("textbox", { name: "Tax authority" })).toHaveValue("SdI");
  expect(within(dialog).getAllByRole("option").map(({ textContent }) => textContent)).toEqual(["Cleared", "Rejected by the authority"]);
  expect(verb).toBeDisabled();
  await user.type(within(dialog).getByRole("textbox", { name: "Its number there" }), "IT-9");
  await user.click(verb);
  expect(await screen.findByText("The clearance was noted")).toBeInTheDocument();
  expect(sent.map(({ body, version }) => [body, version])).toEqual([[{ status: "cleared", authority: "SdI", reference: "IT-9" }, "4"]]);
});
