import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
import "../api/bodies.json";
import AllocateDialog from "../features/payments/incoming/AllocateDialog";
import { RefundDialog } from "../features/payments/incoming/paymentDialogs";
import { paymentList } from "../features/payments/incoming/paymentList";
import RecordPayment from "../features/payments/incoming/RecordPayment";
import { Statement } from "../features/payments/statement/Statement";
import "../features/payments/statement/AdjustDrawer";
import { showIn } from "../test/render";
import { server } from "../test/setup";
import { ListPage } from "../ui/list/ListPage";

const page = { total: 1, totals: [], next_cursor: null, as_of: "2026-11-20T08:00:00Z" };
const eur = (amount: string) => ({ amount, currency: "EUR" });
const actions = (...names: string[]) => names.map((action) => ({ action, allowed: true, reason: null }));
const payment = {
  id: "pay-1", account_id: "acc-0001", amount: eur("50.00"), allocated: eur("40.00"), unallocated: eur("10.00"), refunded: eur("0.00"), charged_back: eur("0.00"), charged_again: eur("0.00"),
  status: "succeeded" as const, method: "bank_transfer", received_on: "2026-11-02", invoice_id: null, external_key: "BANK-77", failure_code: null, hard_failure: null, reason: null,
  recorded_at: "2026-11-02T08:00:00Z", version: 2, allocations: [{ invoice_id: "inv-1", amount: eur("40.00") }], allowed_actions: actions("allocate", "refund", "record_chargeback", "reverse"),
};
const receivable = (n: number, open: string) => ({
  invoice_id: `inv-${n}`, number: `INV-00000${n}`, account_id: "acc-0001", amount: eur("60.00"), open: eur(open), paid: eur("40.00"), credited: eur("0.00"), written_off: eur("0.00"), disputed: eur("0.00"),
  kind: "invoice", issued_on: "2026-10-01", due_on: "2026-10-15", status: "partially_paid", allowed_actions: [],
});
const receivables = http.get("*/v1/accounts/acc-0001/receivables", () => HttpResponse.json({ ...page, total: 2, items: [receivable(1, "0.00"), receivable(2, "25.00")] }));

test("what failed or pays nothing stands first, with its reference and what is not allocated", async () => {
  const asked: string[] = [];
  server.use(http.get("*/v1/payments", ({ request }) => {
    asked.push(new URL(request.url).search);
    return HttpResponse.json({ ...page, items: [payment], totals: [{ currency: "EUR", amount: "50.00", unallocated: "10.00" }] });
  }));
  showIn(<ListPage spec={paymentList} />);
  expect(await screen.findByText("BANK-77")).toBeInTheDocument();
  expect(asked.some((query) => query.includes("needs_attention=true"))).toBe(true);
  expect(screen.getAllByText("€10.00").length).toBeGreaterThan(0);
});

test("a payment is moved by hand in whole cents, and all that it pays is sent", async () => {
  const sent: { body: unknown; version: string | null }[] = [];
  server.use(receivables, http.post("*/v1/payments/pay-1/allocations", async ({ request }) => {
    sent.push({ body: await request.json(), version: request.headers.get("If-Match") });
    return HttpResponse.json(payment);
  }));
  const { user } = showIn(<AllocateDialog thing={payment} onClose={() => undefined} />);
  const first = await screen.findByLabelText("From this payment for INV-000001");
  const second = screen.getByLabelText("From this payment for INV-000002");
  expect(first).toHaveValue("40.00");
  await user.clear(first);
  await user.type(first, "30.00");
  await user.type(second, "25.01");
  const send = screen.getAllByRole("button", { name: "Allocate or move" })[0]!;
  expect(send).toBeDisabled();
  await user.clear(second);
  await user.type(second, "19.99");
  expect(screen.getByText("€0.01")).toBeInTheDocument();
  await user.click(send);
  await waitFor(() => expect(sent).toEqual([{
    body: { allocations: [{ invoice_id: "inv-1", amount: eur("30.00") }, { invoice_id: "inv-2", amount: eur("19.99") }] }, version: "2",
  }]));
});

test("a refund asks for a reason, and is for the version that was read", async () => {
  const sent: { body: unknown; version: string | null }[] = [];
  server.use(http.post("*/v1/payments/pay-1/refunds", async ({ request }) => {
    sent.push({ body: await request.json(), version: request.headers.get("If-Match") });
    return HttpResponse.json({ id: "rf-1" }, { status: 201 });
  }));
  const { user } = showIn(<RefundDialog thing={payment} onClose={() => undefined} />);
  await user.type(await screen.findByLabelText(/^Reason/), "cancelled early");
  await user.click(within(screen.getByRole("dialog", { name: "Refund" })).getByRole("button", { name: "Refund" }));
  await waitFor(() => expect(sent).toMatchObject([{ body: { amount: eur("50.00"), reason: "cancelled early" }, version: "2" }]));
});

test("what a payment will pay is shown before it is recorded", async () => {
  server.use(receivables);
  const { user } = showIn(<RecordPayment account={{ id: "acc-0001", currency: "EUR" }} onClose={() => undefined} />);
  const amount = within(await screen.findByRole("group", { name: /^Amount/ })).getAllByRole("textbox")[0]!;
  await user.type(amount, "30.00");
  const pays = await screen.findByRole("region", { name: "What it pays" });
  expect(within(pays).getByText("INV-000002")).toBeInTheDocument();
  expect(within(pays).getByText("€25.00")).toBeInTheDocument();
  expect(within(pays).getByText("€5.00")).toBeInTheDocument();
});

test("a statement tells line by line how the balance came about, in words", async () => {
  const stand = (amount: string, words: string) => ({ balance: eur(amount), words });
  server.use(http.get("*/v1/accounts/acc-0001/statement", () => HttpResponse.json({
    ...page, account_id: "acc-0001", opening: stand("0.00", "settled"), closing: stand("-10.00", "in_your_favour"), totals: [{ currency: "EUR", amount: "-10.00", charged: "40.00", paid: "50.00" }],
    items: [{ id: "2.1", booked_on: "2026-11-02", kind: "payment", reference: "pay-1", number: "", invoice_id: null, amount: eur("-50.00"), ...stand("-10.00", "in_your_favour"), recorded_at: "2026-11-02T08:00:00Z" }],
  })));
  const { user } = showIn(<Statement id="acc-0001" currency="EUR" mayAdjust />);
  expect(await screen.findByText("In the customer’s favour")).toBeInTheDocument();
  expect(screen.getByRole("rowheader", { name: /Payment/ })).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Adjust the balance" }));
  expect(await screen.findByText(/No tax changes/)).toBeInTheDocument();
});
