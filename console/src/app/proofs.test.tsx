import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
// Loaded before a test waits for them: a busy machine takes longer for it than a test waits.
import "../features/invoicing/deliveries/SendDialog";
import "../features/invoicing/policy/PolicyDialog";
import "../features/invoicing/proof/Proof";
import "./pages/CreditNotePage";
import "./pages/InvoicePage";
import "./pages/InvoicePolicyPage";
import "./pages/ReconciliationPage";
import "./pages/SeriesChainPage";
import { showAt } from "../test/render";
import { sentTo } from "../test/sent";
import { server } from "../test/setup";

/** The first page of a file brings the whole shell with it. */
const first = { timeout: 45_000 };

test("what proves an invoice is read when it is asked for, and what differs is told", async () => {
  const { user } = showAt("/invoices/inv-0206");
  await user.click(await screen.findByRole("button", { name: "Verify" }, first));
  const proof = screen.getByRole("region", { name: "Proof" });
  expect(await within(proof).findByText("9F2C-1A7B-E0D3-4C58")).toBeInTheDocument();
  expect(proof).toHaveTextContent("INV · 206");
  expect(within(proof).getByRole("link", { name: "MTR-2026-00205" })).toHaveAttribute("href", "/invoices/inv-0205");
});

test("a document that is not what was issued says what was found in its place", async () => {
  server.use(http.get("*/v1/credit-notes/cn-1/proof", () => HttpResponse.json({
    kind: "credit_note", id: "cn-1", number: "CN-000001", issued_on: "2026-11-20", series_id: "CN", n: 1, sha256: "ab", fingerprint: "AB", previous: null, holds: false, differences: [{ what: "content", stated: "3.00", found: "2.00" }],
  })));
  const { user } = showAt("/invoices/credit-notes/cn-1");
  await user.click(await screen.findByRole("button", { name: "Verify" }));
  expect(await screen.findByText("It is not what was issued")).toBeInTheDocument();
  expect(screen.getByText("Content")).toBeInTheDocument();
  expect(screen.getAllByRole("definition").map((one) => one.textContent)).toEqual(expect.arrayContaining(["3.00", "2.00"]));
  expect(screen.getByText("none, it is the first")).toBeInTheDocument();
});

const links = [
  { n: 2, number: "INV-000002", kind: "invoice", document_id: "inv-2", issued_on: "2026-11-02", sha256: "c2".repeat(32), previous_sha256: "5f".repeat(32), fingerprint: "C2C2 C2C2 C2C2 C2C2" },
  { n: 1, number: "CN-000001", kind: "credit_note", document_id: "cn-1", issued_on: "2026-11-01", sha256: "5f".repeat(32), previous_sha256: null, fingerprint: "5F5F 5F5F 5F5F 5F5F" },
];

test("the chain of a series shows each document with its hash and the one before, and is verified part by part", async () => {
  const after: (string | null)[] = [];
  server.use(
    http.get("*/v1/numbering-series/INV/links", () => HttpResponse.json({ items: links, next_cursor: null, total: 2, totals: [] })),
    http.get("*/v1/numbering-series/INV/chain", ({ request }) => {
      after.push(new URL(request.url).searchParams.get("after"));
      return HttpResponse.json({ series_id: "INV", after: 0, to: 1, links: 1, unproven: 0, waiting: 0, sha256: null, holds: true, broken: null, next: after.length === 1 ? 1 : null });
    }),
  );
  const { user } = showAt("/settings/numbering/INV");
  const table = await screen.findByRole("table", { name: "Documents" });
  expect(within(table).getByRole("link", { name: "INV-000002" })).toHaveAttribute("href", "/invoices/inv-2");
  expect(within(table).getByRole("link", { name: "CN-000001" })).toHaveAttribute("href", "/invoices/credit-notes/cn-1");
  expect(within(table).getAllByText(`${"5f".repeat(8)}…`)).toHaveLength(2);
  await user.click(screen.getByRole("button", { name: "Verify the chain" }));
  expect(await screen.findByText("It holds: 2 documents say what was issued")).toBeInTheDocument();
  expect(after).toEqual(["0", "1"]);
});

test("a chain that breaks says at which document, and what was found in its place", async () => {
  server.use(
    http.get("*/v1/numbering-series/INV/links", () => HttpResponse.json({ items: links, next_cursor: null, total: 2, totals: [] })),
    http.get("*/v1/numbering-series/INV/chain", () => HttpResponse.json({
      series_id: "INV", after: 0, to: 2, links: 2, unproven: 0, waiting: 0, sha256: null, holds: false, next: null, broken: { n: 2, number: "INV-000002", what: "content", stated: "a1", found: "07" },
    })),
  );
  const { user } = showAt("/settings/numbering/INV");
  await user.click(await screen.findByRole("button", { name: "Verify the chain" }));
  expect(await screen.findByText("The chain breaks at INV-000002")).toBeInTheDocument();
  expect(screen.getByText("Content")).toBeInTheDocument();
  expect(screen.getAllByRole("definition").map((one) => one.textContent)).toEqual(["a1", "07"]);
});

test("a credit note is sent", async () => {
  const sent = sentTo("/v1/credit-notes/cn-1/send");
  const { user } = showAt("/invoices/credit-notes/cn-1");
  await user.click(await screen.findByRole("button", { name: "Send" }));
  const dialog = await screen.findByRole("dialog", { name: "Send this credit note?" });
  await user.selectOptions(within(dialog).getByRole("combobox"), "On paper");
  await user.click(within(dialog).getByRole("button", { name: "Send" }));
  expect(await screen.findByText("The credit note is on its way")).toBeInTheDocument();
  expect(sent.map(({ body }) => body)).toEqual([{ channels: ["print"] }]);
});

test("the invoice policy says what is demanded; only an administrator may change it", async () => {
  showAt("/settings/invoice-policy");
  const approval = await screen.findByRole("region", { name: "Approval before issue" });
  expect(approval).toHaveTextContent(/invoices above.*1,000.00.*1,200.00/);
  expect(within(screen.getByRole("table", { name: "Clearance by a tax authority" })).getAllByRole("row")).toHaveLength(3);
  expect(screen.getByRole("region", { name: "Numbering" })).toHaveTextContent("InvoicesMTRCredit notesCNDebit notesDN");
  expect(screen.getByRole("button", { name: "Change" })).toBeDisabled();
});

test("an administrator changes the whole policy for the version that was read, and the numbering stays", async () => {
  server.use(http.get("*/v1/session", () => HttpResponse.json({ email: "admin@demo.example", role: "admin", allowed: ["read", "write", "manage_access"] })));
  const sent = sentTo("/v1/invoice-policy");
  const { user } = showAt("/settings/invoice-policy");
  await user.click(await screen.findByRole("button", { name: "Change" }));
  const every = await screen.findByRole("checkbox", { name: /^Every invoice/ });
  const drawer = screen.getByRole("dialog", { name: "Invoice policy" });
  await user.click(every);
  await user.click(within(drawer).getByRole("button", { name: "Save" }));
  expect(await screen.findByText("The invoice policy was changed")).toBeInTheDocument();
  expect(sent).toEqual([{ method: "PUT", version: "2", body: {
    approval: { every: true, above: [{ amount: "1000.00", currency: "EUR" }, { amount: "1200.00", currency: "USD" }], four_eyes: true },
    clearance: [{ seller_country: "IT", authority: "SdI" }, { seller_country: "PL", authority: "KSeF", buyer_country: "PL" }],
    numbering: { series: { invoice: "MTR" }, per_customer: false },
  } }]);
});

test("a record that counts twice is named with its places, and leads to the record", async () => {
  showAt("/usage/reconciliation");
  expect(await screen.findByText("It does not balance")).toBeInTheDocument();
  const twice = screen.getByRole("table", { name: "Counted twice" });
  expect(within(twice).getByRole("link", { name: "rec-billed" })).toHaveAttribute("href", "/usage/records/olt-7/rec-billed");
  expect(twice).toHaveTextContent("0190c1d2/3, 0190c1d4/8");
});
