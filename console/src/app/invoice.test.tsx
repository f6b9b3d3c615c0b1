import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { showAt } from "../test/render";

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
  await user.click(await screen.findByRole("link", { name: "Payments" }));
  expect(await screen.findByRole("table", { name: "Payments and allocations" })).toHaveTextContent("pay-0001");
  await user.click(screen.getByRole("link", { name: "Timeline" }));
  const events = await screen.findAllByRole("listitem");
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
  expect(await within(panel).findByText("Each month")).toBeInTheDocument();
  expect(within(panel).queryByRole("table", { name: "Usage records counted" })).toBeNull();
});
