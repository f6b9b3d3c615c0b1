import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
import "../api/bodies.json";
import { disputeList } from "../features/payments/contested/disputeList";
import { RecoverDrawer, WriteOffDrawer } from "../features/payments/contested/dialogs";
import { Owed } from "../features/payments/contested/Owed";
import { writeOffList } from "../features/payments/contested/writeOffList";
import { refundList } from "../features/payments/incoming/refundList";
import { PaymentMain } from "../features/payments/incoming/PaymentParts";
import { showIn } from "../test/render";
import { server } from "../test/setup";
import { ListPage } from "../ui/list/ListPage";

const page = { total: 1, totals: [], next_cursor: null, as_of: "2026-11-20T08:00:00Z" };
const eur = (amount: string) => ({ amount, currency: "EUR" });
const actions = (...names: string[]) => names.map((action) => ({ action, allowed: true, reason: null }));
const dispute = {
  id: "dp-1", invoice_id: "inv-1", account_id: "acc-0001", amount: eur("15.00"), accepted: eur("0.00"), covered: eur("0.00"), status: "open", reason: "not supplied", note: "",
  opened_on: "2026-11-02", opened_by: null, recorded_at: "2026-11-02T08:00:00Z", resolved_on: null, resolution: null, allowed_actions: actions("resolve"),
};
const receivable = {
  invoice_id: "inv-1", number: "INV-000001", account_id: "acc-0001", amount: eur("60.00"), open: eur("25.00"), paid: eur("35.00"), credited: eur("0.00"), written_off: eur("0.00"), disputed: eur("0.00"),
  kind: "invoice" as const, issued_on: "2026-10-01", due_on: "2026-10-15", status: "partially_paid" as const, allowed_actions: actions("dispute", "write_off"),
};
const writeOff = {
  id: "wo-1", invoice_id: "inv-1", account_id: "acc-0001", amount: eur("25.00"), recovered: eur("5.00"), left: eur("20.00"), reason_code: "uncollectable", note: "", rounding: false,
  written_off_on: "2026-11-12", written_off_by: null, recorded_at: "2026-11-12T08:00:00Z", recovered_on: null, allowed_actions: actions("recover"),
};

test("a dispute is decided from its row: accepted for a part of it, with a note", async () => {
  const sent: unknown[] = [];
  server.use(
    http.get("*/v1/disputes", () => HttpResponse.json({ ...page, items: [dispute], totals: [{ currency: "EUR", amount: "15.00", accepted: "0.00" }] })),
    http.post("*/v1/receivables/inv-1/dispute/resolve", async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ ...dispute, status: "accepted" });
    }),
  );
  const { user } = showIn(<ListPage spec={disputeList} />);
  await user.click(await screen.findByRole("button", { name: "Actions for the dispute of inv-1" }));
  await user.click(screen.getByRole("button", { name: "Decide" }));
  await user.selectOptions(await screen.findByRole("combobox", { name: /^Decision/ }), "Accepted");
  await user.click(within(screen.getByRole("dialog", { name: "Decide" })).getByRole("button", { name: "Decide" }));
  await waitFor(() => expect(sent).toMatchObject([{ outcome: "accepted", amount: eur("15.00") }]));
});

test("what is open of a customer can be disputed and written off from there", async () => {
  const sent: unknown[] = [];
  server.use(
    http.get("*/v1/accounts/acc-0001/receivables", () => HttpResponse.json({ ...page, items: [receivable] })),
    http.post("*/v1/receivables/inv-1/dispute", async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(dispute, { status: 201 });
    }),
  );
  const { user } = showIn(<Owed id="acc-0001" mayWrite />);
  await user.click(await screen.findByRole("button", { name: "Actions for INV-000001" }));
  expect(screen.getByRole("button", { name: "Write off" })).toBeEnabled();
  await user.click(screen.getByRole("button", { name: "Dispute" }));
  await user.type(await screen.findByRole("textbox", { name: /^Reason/ }), "not supplied");
  await user.click(within(screen.getByRole("dialog", { name: "Dispute" })).getByRole("button", { name: "Dispute" }));
  await waitFor(() => expect(sent).toMatchObject([{ reason: "not supplied", amount: eur("25.00") }]));
});

test("an item is written off by its invoice, and the server's limit of the role is told", async () => {
  server.use(http.post("*/v1/write-offs", () => HttpResponse.json(
    { title: "Forbidden", status: 403, detail: "billing may write off up to 10.00 EUR at a time", errors: [{ code: "above_approval_limit", detail: "billing may write off up to 10.00 EUR at a time" }] }, { status: 403 },
  )));
  const { user } = showIn(<WriteOffDrawer thing={receivable} onClose={() => undefined} />);
  await user.type(await screen.findByRole("textbox", { name: /^Reason code/ }), "uncollectable");
  await user.click(screen.getByRole("button", { name: "Write off" }));
  expect(await screen.findByText(/billing may write off up to 10.00 EUR/)).toBeInTheDocument();
});

test("what comes after all is recovered of the invoice of the row", async () => {
  const sent: unknown[] = [];
  server.use(
    http.get("*/v1/write-offs", () => HttpResponse.json({ ...page, items: [writeOff], totals: [{ currency: "EUR", amount: "25.00", recovered: "5.00" }] })),
    http.post("*/v1/write-offs/wo-1/recover", async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ id: "wo-1", items: [writeOff] });
    }),
  );
  showIn(<ListPage spec={writeOffList} />);
  expect((await screen.findAllByText("€20.00")).length).toBeGreaterThan(0);
  const { user } = showIn(<RecoverDrawer thing={{ ...writeOff, id: "wo-1/inv-1", write_off_id: "wo-1" }} onClose={() => undefined} />);
  await user.click(await screen.findByRole("button", { name: "Recover" }));
  await waitFor(() => expect(sent).toEqual([{ amount: eur("20.00"), invoice_id: "inv-1" }]));
});

test("a chargeback that is won is said so on the payment's page", async () => {
  const sent: string[] = [];
  const chargeback = { id: "cb-1", payment_id: "pay-1", account_id: "acc-0001", amount: eur("40.00"), paid_back_before: eur("10.00"), owed_as: "adj-1", fee: eur("15.00"), fee_returned: eur("0.00"), reason: "fraud", note: "", external_key: null, received_on: "2026-11-20", status: "recorded", recorded_by: null, recorded_at: "2026-11-20T08:00:00Z", reversed_on: null, reversal_reason: null, allowed_actions: actions("reverse") };
  server.use(
    http.get("*/v1/payments/pay-1/refunds", () => HttpResponse.json({ ...page, total: 0, items: [] })),
    http.get("*/v1/payments/pay-1/chargebacks", () => HttpResponse.json({ ...page, items: [chargeback] })),
    http.post("*/v1/payments/pay-1/chargebacks/cb-1/reverse", ({ request }) => {
      sent.push(new URL(request.url).pathname);
      return HttpResponse.json({ ...chargeback, status: "reversed" });
    }),
  );
  const payment = {
    id: "pay-1", account_id: "acc-0001", amount: eur("40.00"), allocated: eur("0.00"), unallocated: eur("0.00"), refunded: eur("10.00"), charged_back: eur("30.00"), charged_again: eur("10.00"), status: "charged_back" as const, method: "card", received_on: "2026-11-02",
    invoice_id: null, external_key: null, failure_code: null, hard_failure: null, reason: null, recorded_at: "2026-11-02T08:00:00Z", version: 4, allocations: [], allowed_actions: [],
  };
  const { user } = showIn(<PaymentMain payment={payment} />);
  expect(await screen.findByText("€40.00")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "The money is here again" }));
  await screen.findByLabelText(/^Reason/);
  await user.click(within(screen.getByRole("dialog", { name: "The money is here again" })).getByRole("button", { name: "The money is here again" }));
  await waitFor(() => expect(sent).toEqual(["/v1/payments/pay-1/chargebacks/cb-1/reverse"]));
});

test("a transfer that is to be made is confirmed from the payment's page, with the reference of its statement", async () => {
  const sent: unknown[] = [];
  const refund = {
    id: "rf-1", payment_id: "pay-1", account_id: "acc-0001", amount: eur("5.00"), method: "card", reason: "cancelled early", note: "", external_key: null, adjusts: false, refunded_on: "2026-11-12", refunded_by: null, recorded_at: "2026-11-12T08:00:00Z",
    way: "transfer", status: "requested", gateway: "", outcome: "", reference: "", code: "", paid_on: null, late: false, moved_at: "2026-11-12T08:00:00Z", transfer_reference: "RF71RZQ22OWTPTZ2", allowed_actions: actions("send", "confirm", "fail"),
  };
  server.use(
    http.get("*/v1/payments/pay-1/refunds", () => HttpResponse.json({ ...page, items: [refund] })),
    http.get("*/v1/payments/pay-1/chargebacks", () => HttpResponse.json({ ...page, total: 0, items: [] })),
    http.post("*/v1/refunds/rf-1/confirm", async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ ...refund, status: "paid", paid_on: "2026-11-14" });
    }),
  );
  const payment = {
    id: "pay-1", account_id: "acc-0001", amount: eur("40.00"), allocated: eur("35.00"), unallocated: eur("0.00"), refunded: eur("5.00"), charged_back: eur("0.00"), charged_again: eur("0.00"), status: "partially_refunded" as const, method: "card", received_on: "2026-11-02",
    invoice_id: null, external_key: null, failure_code: null, hard_failure: null, reason: null, recorded_at: "2026-11-02T08:00:00Z", version: 4, allocations: [], allowed_actions: [],
  };
  const { user } = showIn(<PaymentMain payment={payment} />);
  expect(await screen.findByText("To be paid")).toBeInTheDocument();
  expect(screen.getByText("RF71RZQ22OWTPTZ2")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Actions for refund rf-1" }));
  await user.click(await screen.findByRole("button", { name: "It is paid" }));
  await user.type(await screen.findByLabelText(/^Reference of the bank/), "T-77");
  await user.click(within(screen.getByRole("dialog", { name: "It is paid" })).getByRole("button", { name: "It is paid" }));
  await waitFor(() => expect(sent).toEqual([{ reference: "T-77" }]));
});

test("refunds that wait are listed first, and one whose answer was lost says so", async () => {
  const refund = {
    id: "rf-9", payment_id: "pay-9", account_id: "acc-0001", amount: eur("12.50"), method: "card", reason: "paid twice", note: "", external_key: null, adjusts: false, refunded_on: "2026-11-18", refunded_by: null, recorded_at: "2026-11-18T08:00:00Z",
    way: "gateway", status: "sent", gateway: "mpesa", outcome: "unknown", reference: "", code: "", paid_on: null, late: false, moved_at: "2026-11-18T08:00:00Z", transfer_reference: null, allowed_actions: actions("confirm", "fail"),
  };
  const asked: string[] = [];
  server.use(http.get("*/v1/refunds", ({ request }) => {
    asked.push(new URL(request.url).searchParams.getAll("status").join());
    return HttpResponse.json({ ...page, items: [refund], totals: [{ currency: "EUR", amount: "12.50" }] });
  }));
  showIn(<ListPage spec={refundList} />);
  const row = await screen.findByRole("row", { name: /pay-9/ });
  expect(row).toHaveTextContent("Its answer was lost");
  expect(asked).toContain("requested");
});
