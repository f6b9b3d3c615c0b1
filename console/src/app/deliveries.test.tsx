import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test, vi } from "vitest";
import "../ui/table/AntTable";
// Loaded before a test waits for them: a busy machine takes longer for it than a test waits.
import "../features/invoicing/deliveries/BounceDialog";
import "../features/invoicing/deliveries/PrintDialog";
import "../features/invoicing/InvoiceNow";
import "./pages/CustomerPage";
import "./pages/DeliveriesPage";
import "./pages/NumberingPage";
import { showAt } from "../test/render";
import { sentTo } from "../test/sent";
import { server } from "../test/setup";

/** The first page of a file brings the whole shell with it. */
const first = { timeout: 45_000 };

test("what waits to be printed is taken as one file, which is saved, and found again from each of its documents", async () => {
  const saved: string[] = [];
  const click = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function save(this: HTMLAnchorElement) { saved.push(this.getAttribute("href")!); });
  const sent = sentTo("/v1/print-batches");
  const { user } = showAt("/invoices/deliveries?status=all");
  await user.click(await screen.findByRole("button", { name: "Print what waits" }, first));
  const dialog = await screen.findByRole("dialog", { name: "Print what waits?" });
  const take = within(dialog).getByRole("button", { name: "Print what waits" });
  await waitFor(() => expect(take).toBeEnabled());
  expect(dialog).toHaveTextContent("Wait to be printed1");
  await user.click(take);
  expect(await screen.findByText("The file is being saved")).toBeInTheDocument();
  expect(saved).toEqual(["/v1/print-batches/batch-1/zip"]);
  expect(sent).toEqual([{ method: "POST", version: null, body: {} }]);
  click.mockRestore();
});

test("where nothing waits to be printed, nothing can be taken", async () => {
  server.use(http.get("*/v1/deliveries", () => HttpResponse.json({ items: [], total: 0, totals: [], next_cursor: null })));
  showAt("/invoices/deliveries?create=1");
  const dialog = await screen.findByRole("dialog", { name: "Print what waits?" });
  await waitFor(() => expect(dialog).toHaveTextContent("Wait to be printed0"));
  expect(within(dialog).getByRole("button", { name: "Print what waits" })).toBeDisabled();
});

test("a mail that came back is told with the code of the mail system", async () => {
  const sent = sentTo("/bounce");
  const { user } = showAt("/invoices/deliveries");
  const row = await screen.findByRole("row", { name: /Unknown/ });
  await user.click(within(row).getByRole("button", { name: /^Actions for the delivery/ }));
  await user.click(await screen.findByRole("button", { name: "It came back" }));
  await user.type(await screen.findByRole("textbox", { name: /^Code of the mail system/ }), "5.1.1");
  await user.click(within(screen.getByRole("dialog", { name: "It came back" })).getByRole("button", { name: "It came back" }));
  expect(await screen.findByText("The delivery has come back")).toBeInTheDocument();
  expect(sent.map(({ body }) => body)).toEqual([{ code: "5.1.1" }]);
});

test("a customer is invoiced now, and told why not where nothing is complete", async () => {
  const sent = sentTo("/v1/invoices");
  const { user } = showAt("/customers/acc-0001?view=invoices");
  const ask = async () => {
    await user.click(await screen.findByRole("button", { name: "Invoice now" }));
    return within(await screen.findByRole("dialog", { name: "Invoice this customer now?" })).getByRole("button", { name: "Invoice now" });
  };
  await user.click(await ask());
  expect(await screen.findByText("What is complete is invoiced")).toBeInTheDocument();
  expect(sent).toEqual([{ method: "POST", version: null, body: { account_id: "acc-0001" } }]);
  server.use(http.post("*/v1/invoices", () => HttpResponse.json({ title: "Conflict", status: 409, detail: "the period is open: it closes on 1 October", errors: [{ pointer: "", code: "period_open", detail: "the period is open: it closes on 1 October" }] }, { status: 409 })));
  await user.click(await ask());
  expect(await screen.findByText(/it closes on 1 October/)).toBeInTheDocument();
});

test("a series for debit notes is named in words", async () => {
  server.use(http.get("*/v1/numbering-series", () => HttpResponse.json({ items: [{ id: "DN", kind: "debit_note", pattern: "DN-{n:06}", reset: "never", legal_entity: "", last: 3, last_number: "DN-000003", last_issued_on: "2026-09-01", next_number: "DN-000004" }], total: 1, totals: [], next_cursor: null })));
  showAt("/settings/numbering");
  expect(await screen.findByRole("row", { name: /^DN Debit notes/ })).toHaveTextContent("DN-000004");
});
