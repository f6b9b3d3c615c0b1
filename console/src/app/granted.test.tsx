import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
import "../api/bodies.json";
import { Deposits } from "../features/payments/Deposits";
import "../features/payments/depositDialogs";
import { GrantedCredits } from "../features/payments/GrantedCredits";
import "../features/payments/grantedCreditDialogs";
import { showIn } from "../test/render";
import { server } from "../test/setup";

const page = { total: 1, totals: [], next_cursor: null, as_of: "2026-11-20T08:00:00Z" };
const eur = (amount: string) => ({ amount, currency: "EUR" });
const allowed = (action: string) => ({ action, allowed: true, reason: null });
const credit = {
  id: "cr-1", account_id: "acc-0001", amount: eur("10.00"), used: eur("4.00"), left: eur("6.00"), taken_back: eur("0.00"), status: "open", reason: "goodwill", note: "router broken", granted_on: "2026-11-01", granted_by: "user:ann",
  expires_on: "2026-12-31", ended_on: null, ended_reason: null, uses: [], recorded_at: "2026-11-01T08:00:00Z", version: 2, allowed_actions: [allowed("reverse")],
};
const deposit = {
  id: "dep-1", account_id: "acc-0001", amount: eur("100.00"), purpose: "equipment", note: "", requested_on: "2026-11-01", due_on: null, status: "held", held: eur("63.96"), applied: eur("36.04"), returned: eur("0.00"), method: "cash",
  received_on: "2026-11-02", reference: null, recorded_at: "2026-11-01T08:00:00Z", version: 3, allowed_actions: [allowed("apply"), allowed("return")],
};

test("what is left of a credit is shown, and taken back for a reason and the version that was read", async () => {
  const sent: { body: unknown; version: string | null }[] = [];
  server.use(
    http.get("*/v1/accounts/acc-0001/credits", () => HttpResponse.json({ ...page, items: [credit] })),
    http.post("*/v1/accounts/acc-0001/credits/cr-1/reverse", async ({ request }) => {
      sent.push({ body: await request.json(), version: request.headers.get("If-Match") });
      return HttpResponse.json({ ...credit, left: eur("0.00"), status: "reversed" });
    }),
  );
  const { user } = showIn(<GrantedCredits id="acc-0001" currency="EUR" mayGrant />);
  expect(await screen.findByText("€6.00")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Actions for this credit" }));
  await user.click(await screen.findByRole("button", { name: "Take back" }));
  await user.type(await screen.findByLabelText(/^Why it is taken back/), "given twice");
  await user.click(within(screen.getByRole("dialog", { name: "Take back" })).getByRole("button", { name: "Take back" }));
  await waitFor(() => expect(sent).toEqual([{ body: { reason: "given twice" }, version: "2" }]));
});

test("what is held of a deposit is shown, and paid back with the reference of the transfer", async () => {
  const sent: unknown[] = [];
  server.use(
    http.get("*/v1/accounts/acc-0001/deposits", () => HttpResponse.json({ ...page, items: [deposit] })),
    http.post("*/v1/deposits/dep-1/return", async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ ...deposit, held: eur("0.00"), status: "closed" });
    }),
  );
  const { user } = showIn(<Deposits id="acc-0001" currency="EUR" mayAsk />);
  expect(await screen.findByText("€63.96")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Actions for this deposit" }));
  await user.click(await screen.findByRole("button", { name: "Paid back" }));
  await user.type(await screen.findByLabelText(/^Reference/), "SEPA 77");
  await user.click(within(screen.getByRole("dialog", { name: "Paid back" })).getByRole("button", { name: "Paid back" }));
  await waitFor(() => expect(sent).toMatchObject([{ reference: "SEPA 77" }]));
});
