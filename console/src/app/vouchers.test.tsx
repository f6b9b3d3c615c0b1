import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test, vi } from "vitest";
import "../api/bodies.json";
import "../features/payments/vouchers/dialogs";
import { TopUps } from "../features/payments/vouchers/TopUps";
import "../features/payments/vouchers/topUpDialogs";
import { showAt, showIn } from "../test/render";
import { server } from "../test/setup";
import "../ui/table/AntTable";
import "./pages/RedemptionsPage";
import "./pages/VoucherBatchPage";
import "./pages/VouchersPage";

const first = { timeout: 45_000 };

test("batches are listed with what is left of them, and lead to their vouchers by serial", async () => {
  showAt("/payments/vouchers");
  const table = await screen.findByRole("table", { name: "Vouchers" }, first);
  const row = await within(table).findByRole("row", { name: /SUMMER/ });
  expect(row).toHaveTextContent("Kiosk Ltd");
  expect(within(row).getByRole("cell", { name: "987" })).toBeInTheDocument();
  expect(within(row).getByRole("link", { name: "SUMMER" })).toHaveAttribute("href", "/payments/vouchers/vb-1");
});

test("codes are saved this once, and who leaves without them is told so", async () => {
  const sent: unknown[] = [];
  const saved = vi.fn(() => "blob:x");
  vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: saved, revokeObjectURL: vi.fn() }));
  server.use(http.post("*/v1/voucher-batches", async ({ request }) => {
    sent.push(await request.json());
    return HttpResponse.json({ id: "vb-9", prefix: "NEW", count: 1, vouchers: [{ serial: "NEW-00001", code: "2345-6789-ABCD-EFGK" }] }, { status: 201 });
  }));
  const { user } = showAt("/payments/vouchers?create=1");
  // The dialog that waits for the form is another one than the form's.
  await user.type(await screen.findByRole("textbox", { name: /^Amount of each/ }, first), "20");
  const drawer = screen.getByRole("dialog", { name: "Make vouchers" });
  await user.type(within(drawer).getByLabelText(/^How many/), "1");
  await user.type(within(drawer).getByLabelText(/^Serials begin with/), "NEW");
  await user.type(within(drawer).getByLabelText(/^Who sells them/), "Kiosk");
  await user.click(within(drawer).getByRole("button", { name: "Make vouchers" }));
  const codes = await screen.findByRole("dialog", { name: "The codes, this once" }, first);
  expect(within(codes).getByRole("button", { name: "Close without the codes" })).toBeInTheDocument();
  await user.click(within(codes).getByRole("button", { name: "Save as CSV" }));
  expect(await within(codes).findByText("The file was saved.")).toBeInTheDocument();
  expect(saved).toHaveBeenCalledTimes(1);
  expect(sent).toMatchObject([{ count: 1, prefix: "NEW", seller: "Kiosk" }]);
});

test("a batch that is not sold is activated for the version that was read", async () => {
  const versions: (string | null)[] = [];
  server.use(http.post("*/v1/voucher-batches/vb-2/activate", ({ request }) => {
    versions.push(request.headers.get("If-Match"));
    return HttpResponse.json({});
  }));
  const { user } = showAt("/payments/vouchers/vb-2");
  await user.click(await screen.findByRole("button", { name: "Activate" }, first));
  await user.click(within(await screen.findByRole("dialog", { name: "Activate these vouchers?" })).getByRole("button", { name: "Activate" }));
  await waitFor(() => expect(versions).toEqual(["1"]));
});

test("a redemption that an account refused says why", async () => {
  showAt("/payments/redemptions");
  const row = await screen.findByRole("row", { name: /SUMMER-00002/ }, first);
  expect(row).toHaveTextContent("account acc-0003 is closed");
});

test("a link to top up is shown with its code, and a mail with it is begun", async () => {
  const { user } = showIn(<TopUps id="acc-0002" currency="EUR" email="ann@example.org" mayWrite />);
  await user.click(await screen.findByRole("button", { name: "Make a link" }, first));
  await user.type(await screen.findByRole("textbox", { name: /^How much is to come/ }, first), "20.00");
  await user.click(within(screen.getByRole("dialog", { name: "Make a link" })).getByRole("button", { name: "Make a link" }));
  const shown = await screen.findByRole("dialog", { name: "Link to top up" }, first);
  expect(await within(shown).findByRole("img", { name: "Code for the app of a bank" }, first)).toHaveAttribute("src", "/v1/payment-links/9f2c0b6e1d7a44c18a52/code.svg");
  const mail = within(shown).getByRole("link", { name: "Write a mail" }).getAttribute("href") ?? "";
  expect(decodeURIComponent(mail)).toMatch(/^mailto:ann@example\.org\?subject=Top up €20\.00&body=[^]*\/v1\/payment-links\/9f2c0b6e1d7a44c18a52\n/);
});

test("a customer is topped up, and the rule says what it has become", async () => {
  const sent: unknown[] = [];
  const rule = { account_id: "acc-0002", enabled: false, threshold: { amount: "5.00", currency: "EUR" }, amount: { amount: "20.00", currency: "EUR" }, payment_method_id: null, monthly_count: 3, monthly_amount: { amount: "60.00", currency: "EUR" }, version: 2, off_reason: "payment_method_not_found", state: "off", retry_at: null };
  server.use(
    http.get("*/v1/accounts/acc-0002/automatic-top-up", () => HttpResponse.json(rule)),
    http.post("*/v1/accounts/acc-0002/top-ups", async ({ request }) => { sent.push(await request.json()); return HttpResponse.json({}, { status: 201 }); }),
    http.put("*/v1/accounts/acc-0002/automatic-top-up", async ({ request }) => { sent.push(await request.json()); return HttpResponse.json({ ...rule, enabled: true }); }),
  );
  const { user } = showIn(<TopUps id="acc-0002" currency="EUR" mayWrite />);
  expect(await screen.findByText("the card was removed", undefined, first)).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Top up" }));
  await user.type(await screen.findByRole("textbox", { name: /^How much is charged/ }, first), "20.00");
  const drawer = screen.getByRole("dialog", { name: "Top up" });
  await user.click(within(drawer).getByRole("button", { name: "Top up" }));
  await waitFor(() => expect(sent).toEqual([{ amount: { amount: "20.00", currency: "EUR" } }]));
  await user.click(await screen.findByRole("button", { name: "Set the rule" }));
  const form = await screen.findByRole("dialog", { name: "Set the rule" }, first);
  await user.click(within(form).getByRole("button", { name: "Set the rule" }));
  await waitFor(() => expect(sent[1]).toMatchObject({ enabled: false, monthly_count: 3, threshold: { amount: "5.00", currency: "EUR" }, payment_method_id: null }));
});
