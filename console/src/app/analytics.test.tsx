import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
import { problem } from "../../mock/answers";
import { health } from "../../mock/overview";
import "./pages/AnalyticsPage";
import "./pages/FigureRowsPage";
import "./pages/HealthPage";
import "./pages/RebuildsPage";
import { showAt } from "../test/render";
import { server } from "../test/setup";

/** The first page of a file brings the whole shell with it. */
const first = { timeout: 45_000 };

test("figures are of one currency at a time, and a figure leads to the rows behind it", async () => {
  const { user, place } = showAt("/analytics");
  const figures = await screen.findByRole("region", { name: "Key figures" }, first);
  expect(await within(figures).findByText("€2,914.37")).toBeInTheDocument();
  expect(within(figures).queryByText("£388.10")).toBeNull();
  expect(within(figures).getByRole("link", { name: "€1,310.92" })).toHaveAttribute("href", "/invoices?status=outstanding");
  await user.selectOptions(screen.getByRole("combobox", { name: "Currency" }), "GBP");
  expect(await within(figures).findByText("£388.10")).toBeInTheDocument();
  expect(place.current).toBe("/analytics?currency=GBP");
});

test("each figure says what it means and how it is worked out, and is there as a table", async () => {
  const { user } = showAt("/analytics?range=months_3");
  await user.click(await screen.findByRole("button", { name: "What “Revenue” means" }));
  const revenue = screen.getByRole("region", { name: "Revenue" });
  expect(within(revenue).getByText("recurring + usage + true_up + other")).toBeInTheDocument();
  await user.click(within(revenue).getByRole("button", { name: "As table" }));
  const table = within(revenue).getByRole("table", { name: "Revenue" });
  expect(within(table).getAllByRole("row")).toHaveLength(4);
  expect(within(table).getByRole("columnheader", { name: "The time before" })).toBeInTheDocument();
  expect(within(table).getByRole("link", { name: "Nov" })).toHaveAttribute("href", expect.stringContaining("/analytics/rows?of=%2Fv1%2Finvoices"));
});

test("a report that is not there says so, and the others stand", async () => {
  server.use(http.get("*/v1/reports/mrr", () => problem(404, "Not found")));
  showAt("/analytics");
  expect(await screen.findByText("This installation does not have this report")).toBeInTheDocument();
  expect(await screen.findByRole("region", { name: "Ways of paying" })).toHaveTextContent("Succeeded: 97.1 %");
});

test("rows are shown as they are, and an address that names no list shows none", async () => {
  showAt(`/analytics/rows?of=${encodeURIComponent("/v1/reports/rows/open-items?claim=true&currency=EUR")}`);
  const table = await screen.findByRole("table", { name: "Open items" });
  expect(within(table).getByRole("link", { name: "inv-0200" })).toHaveAttribute("href", "/invoices/inv-0200");
  expect(screen.getByRole("region", { name: "Sums of all of them" })).toHaveTextContent("Open EUR€498.48");
});

test("an address that names no list of rows reads nothing", async () => {
  showAt(`/analytics/rows?of=${encodeURIComponent("/v1/users")}`);
  expect(await screen.findByText("This address names no rows")).toBeInTheDocument();
});

test("health is red where one service is, and where there is none", async () => {
  const { items } = health();
  server.use(http.get("*/v1/health/services", () => HttpResponse.json({ ready: false, items: items.map((item) => (item.name === "rating" ? { ...item, ready: false, detail: "rating.events/3 stands still", stands_still_s: 41 } : item)) })));
  showAt("/health");
  expect(await screen.findByText("Not every service is known to do its work")).toBeInTheDocument();
  expect(screen.getByRole("region", { name: "rating" })).toHaveTextContent("rating.events/3 stands still");
});

test("of no services none is well", async () => {
  server.use(http.get("*/v1/health/services", () => HttpResponse.json({ ready: false, items: [] })), http.get("*/readyz", () => HttpResponse.json({ ready: true, services: {} })));
  showAt("/health");
  expect(await screen.findByText("No service is known")).toBeInTheDocument();
  expect(screen.getByText("Not every service is known to do its work")).toBeInTheDocument();
});

test("proofs of rebuilds say what differs", async () => {
  const { user } = showAt("/proof/rebuilds");
  await user.click(await screen.findByText("Different", { selector: "summary span" }));
  expect(screen.getByText(/sum of amount/)).toBeInTheDocument();
});
