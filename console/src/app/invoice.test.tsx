import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
import { invoices } from "../../mock/data";
import { explainedLine } from "../../mock/explain";
import { setPreference } from "../lib/preferences";
import { showAt } from "../test/render";
import { server } from "../test/setup";

/** Line `n` of invoice inv-0209 is explained by these fields. */
function explainedBy(n: number, fields: Partial<ReturnType<typeof explainedLine>>) {
  const invoice = invoices.find(({ id }) => id === "inv-0209")!;
  server.use(http.get(`*/v1/invoices/inv-0209/lines/${n}/explain`, () => HttpResponse.json({ ...explainedLine(invoice, n), ...fields })));
}

async function steps() {
  return (await screen.findByRole("table", { name: "How the amount comes about" }));
}

test("an invoice shows its lines by plan, what is owed, and its document", async () => {
  showAt("/invoices/inv-0209");
  expect(await screen.findByRole("heading", { level: 1, name: "MTR-2026-00209" })).toBeInTheDocument();
  const lines = screen.getByRole("table", { name: "Lines" });
  expect(within(lines).getByRole("row", { name: /Data beyond the allowance/ })).toHaveTextContent("GB");
  expect(within(lines).getByRole("rowheader", { name: /fibre-300/ })).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "Open PDF" })).toHaveAttribute("href", "/v1/invoices/inv-0209/pdf");
});

test("its payments are those put against it, its timeline is the log's", async () => {
  const { user } = showAt("/invoices/inv-0001");
  const timelineTab = await screen.findByRole("link", { name: "Timeline" });
  await user.click(within(timelineTab.closest("nav")!).getByRole("link", { name: "Payments" }));
  expect(await screen.findByRole("table", { name: "Payments and allocations" })).toHaveTextContent("pay-0001");
  await user.click(screen.getByRole("link", { name: "Timeline" }));
  const timeline = await screen.findByRole("region", { name: "Timeline" });
  const events = await within(timeline).findAllByRole("listitem");
  expect(events.map((event) => event.textContent ?? "").filter((text) => text.includes("InvoiceIssued"))).toHaveLength(1);
});

test("a draft has no document and no payment state", async () => {
  showAt("/invoices/inv-0144");
  expect(await screen.findByRole("heading", { level: 1, name: "Draft inv-0144" })).toBeInTheDocument();
  expect(screen.queryByRole("link", { name: "Open PDF" })).toBeNull();
});

test("an invoice that does not exist says so", async () => {
  showAt("/invoices/nope");
  expect(await screen.findByText("There is no invoice nope")).toBeInTheDocument();
});

test("a line is explained from its amount down to the records, and the panel is in the URL", async () => {
  const { user, place } = showAt("/invoices/inv-0209");
  await user.click(await screen.findByRole("link", { name: "Explain line 2" }));
  expect(place.current).toBe("/invoices/inv-0209?explain=2");
  const panel = await screen.findByRole("dialog", { name: /^Why €/ });
  expect(await within(panel).findByRole("row", { name: /Tier 2 .* €0.03 per started 1 GB/ })).toBeInTheDocument();
  expect(panel).toHaveTextContent("fibre-300 version 3");
  expect(await within(panel).findByText("Over 1 GB")).toBeInTheDocument();
  const records = await within(panel).findByRole("table", { name: "Usage records counted" });
  expect(within(records).getAllByRole("rowheader")).toHaveLength(20);
  await user.click(within(panel).getByRole("button", { name: "Show more (20 of 186)" }));
  await waitFor(() => expect(within(records).getAllByRole("rowheader")).toHaveLength(40));
  await user.click(within(panel).getByRole("button", { name: "Close" }));
  await waitFor(() => expect(place.current).toBe("/invoices/inv-0209"));
});

test("a fixed fee is explained without records", async () => {
  showAt("/invoices/inv-0209?explain=1");
  const panel = await screen.findByRole("dialog", { name: "Why €24.90?" });
  expect(await within(panel).findByText("Monthly fee")).toBeInTheDocument();
  expect(within(panel).queryByRole("table", { name: "Usage records counted" })).toBeNull();
});

test("included units show how many they are, that they are included, and that they cost nothing", async () => {
  explainedBy(2, {
    steps: [
      { tier: "included", quantity: "50000000000", unit_price: "0", amount: "0.00" },
      { tier: "1", quantity: "1500000000", unit_price: "0.03", unit_size: "1000000000", amount: "0.06" },
    ],
  });
  showAt("/invoices/inv-0209?explain=2");
  const table = await steps();
  expect(within(table).getByRole("row", { name: /^Included/ })).toHaveTextContent("Included50 GBincluded€0.00");
  expect(within(table).getByRole("row", { name: /^Usage/ })).toHaveTextContent("Usage1.5 GB€0.03 per started 1 GB€0.06");
});

test("a part of a month is told in days and in cents as billed, and exactly when asked", async () => {
  const period = { start: "2026-09-06", end: "2026-10-01" };
  const net = { amount: "24.92", currency: "EUR" };
  explainedBy(1, { fraction: "0.833333333", service_period: period, period, net, unrounded: "24.916666656700000", steps: [{ tier: "1", quantity: "0.833333333", unit_price: "29.90", amount: "24.9166666567" }] });
  const { user } = showAt("/invoices/inv-0209?explain=1");
  const table = await steps();
  expect(within(table).getByRole("row", { name: /^Fixed fee/ })).toHaveTextContent("Fixed fee25 of 30 days€29.90€24.92");
  expect(within(table).getByRole("row", { name: /^Line total/ })).toHaveTextContent("€24.92");
  expect(table).not.toHaveTextContent("24.9166666567");
  await user.click(screen.getByRole("button", { name: "Exact values" }));
  expect(within(table).getByRole("row", { name: /^Fixed fee/ })).toHaveTextContent("Fixed fee0.833333333€29.90€24.9166666567");
  expect(within(table).getByRole("row", { name: /^Before rounding/ })).toHaveTextContent("€24.9166666567");
});

test("where nothing was rounded there is nothing to show exactly", async () => {
  showAt("/invoices/inv-0209?explain=1");
  expect(await steps()).toHaveTextContent("whole period");
  expect(screen.queryByRole("button", { name: "Exact values" })).toBeNull();
});

test("of records that are in the log alone the references are left, and that is said", async () => {
  server.use(http.get("*/v1/usage/records", () => HttpResponse.json({ items: [], total: 0, totals: [], next_cursor: null, as_of: "2026-11-23T10:15:00Z", kept_since: "2026-08-15" })));
  showAt("/invoices/inv-0209?explain=2");
  const records = await screen.findByRole("region", { name: /usage records counted/ });
  expect(await within(records).findByText("Single records received before 15 Aug 2026 are in the log alone: of those the reference is left here.")).toBeInTheDocument();
});

test("usage of an August line is of August by the account's clock, which is named, and the reader may choose another", async () => {
  server.use(http.get("*/v1/usage/records", ({ request }) => {
    const [citation] = new URL(request.url).searchParams.getAll("citation");
    const record = { citation, source: "olt-7", id: "r", resource: null, meter: "data.octets", quantity: "1", started_at: "2026-07-31T22:00:00Z" };
    return HttpResponse.json({ items: [record], total: 1, totals: [], next_cursor: null, as_of: "2026-11-23T10:15:00Z" });
  }));
  showAt("/invoices/inv-0209?explain=2");
  const records = await screen.findByRole("region", { name: /usage records counted/ });
  const time = await within(records).findAllByText("1 Aug 2026, 00:00");
  expect(records).toHaveTextContent("Times in Europe/Paris");
  expect(time[0]).toHaveAttribute("title", expect.stringContaining("22:00:00 GMT+00:00 (UTC)"));
  setPreference("zone", "utc");
  expect(await within(records).findAllByText("31 Jul 2026, 22:00")).not.toHaveLength(0);
  expect(records).toHaveTextContent("Times in UTC");
});
