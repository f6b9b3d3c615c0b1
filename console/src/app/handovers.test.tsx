import { screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
// A busy machine may take longer to read a page's code than a test waits.
import "../ui/table/AntTable";
import "./pages/DunningPoliciesPage";
import "../features/payments/dunning/policyDialogs";
import "./pages/HandoversPage";
import "./Shell";
import { showAt } from "../test/render";
import { server } from "../test/setup";

const page = { total: 1, totals: [], next_cursor: null, as_of: "2026-11-20T08:00:00Z" };
const eur = (amount: string) => ({ amount, currency: "EUR" });
const handed = {
  id: "handover-1", account_id: "acc-0002", case_id: "dun-1", agency: "nord", handed: eur("41.18"), left: eur("26.18"), handed_on: "2026-11-21", withdrawn_on: null, withdrawn_for: null, status: "handed_over", recorded_at: "2026-11-21T00:00:01Z",
  invoices: [{ invoice_id: "inv-1", number: "INV-000042", due_on: "2026-10-31", left: eur("20.00") }, { invoice_id: "inv-2", number: "INV-000043", due_on: "2026-11-10", left: eur("6.18") }],
};

test("what an agency has is listed, and its file is saved for the days that are chosen", async () => {
  server.use(
    http.get("*/v1/dunning/handovers", () => HttpResponse.json({ ...page, items: [handed] })),
    http.get("*/v1/dunning/agencies", () => HttpResponse.json({ items: [{ agency: "nord", handovers: 1, moved_at: "2026-11-21T00:00:01Z" }] })),
  );
  const { user } = showAt("/dunning/handovers");
  expect(await screen.findByText("INV-000042")).toHaveAttribute("href", "/invoices/inv-1");
  expect(screen.getByText("and 1 more")).toBeInTheDocument();
  expect(await screen.findByRole("button", { name: "Save as CSV" })).toBeDisabled();
  await user.type(screen.getByLabelText("From (UTC)"), "2026-11-01");
  await user.type(screen.getByLabelText("To, included"), "2026-11-30");
  expect(screen.getByRole("link", { name: "Save as CSV" })).toHaveAttribute("href", "/v1/dunning/agencies/nord/file?from=2026-11-01&to=2026-11-30");
});
