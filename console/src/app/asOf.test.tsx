import { fireEvent, screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
import { invoices } from "../../mock/data";
import { showAt } from "../test/render";
import { server } from "../test/setup";

test("an invoice shows what was due of it on a day", async () => {
  const invoice = invoices.find(({ id }) => id === "inv-0209")!;
  const asked: (string | null)[] = [];
  server.use(http.get("*/v1/invoices/inv-0209", ({ request }) => {
    const day = new URL(request.url).searchParams.get("as_of");
    if (day === null) return HttpResponse.json(invoice);
    asked.push(day);
    return HttpResponse.json({ ...invoice, due: { amount: "17.35", currency: "EUR" }, as_of: day });
  }));
  showAt("/invoices/inv-0209");
  const card = (await screen.findByRole("heading", { name: "As of a day" })).closest("section")!;
  fireEvent.change(within(card).getByLabelText("On the day"), { target: { value: "2026-10-31" } });
  expect(await within(card).findByText("€17.35")).toBeInTheDocument();
  expect(asked).toContain("2026-10-31");
});

test("a line is explained with its taxes, and its usage by day when that is opened", async () => {
  const { user } = showAt("/invoices/inv-0209?explain=2");
  const panel = await screen.findByRole("dialog", { name: /^Why €/ });
  expect(await within(panel).findByRole("heading", { name: "Taxes of this line" })).toBeInTheDocument();
  expect(within(panel).queryByRole("table", { name: "Usage by day" })).toBeNull();
  await user.click(within(panel).getByText("Usage by day"));
  expect(within(await within(panel).findByRole("table", { name: "Usage by day" })).getAllByRole("row")).toHaveLength(4);
});
