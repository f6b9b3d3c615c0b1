import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
import "../ui/table/AntTable";
import { showAt } from "../test/render";
import { server } from "../test/setup";

test("customers are listed with what they owe, and one is found by a part of the name", async () => {
  const { user, place } = showAt("/customers");
  expect(await screen.findByText("6 customers")).toBeInTheDocument();
  expect(await screen.findByRole("link", { name: "Overdue 1" })).toBeInTheDocument();
  await user.type(screen.getByRole("searchbox", { name: "Name or account id" }), "brown");
  expect(await screen.findByText("1 customer")).toBeInTheDocument();
  expect(place.current).toBe("/customers?q=brown");
  expect(screen.getByRole("link", { name: "Brown & Sons" })).toHaveAttribute("href", "/customers/acc-0002");
});

test("a customer's page has services, what is not billed yet, and facts; the invoices are a tab of the URL", async () => {
  const { user, place } = showAt("/customers/acc-0002");
  expect(await screen.findByRole("heading", { level: 1, name: "Brown & Sons" })).toBeInTheDocument();
  expect(document.title).toBe("Brown & Sons: customer · Meterlog");
  const services = await screen.findByRole("table", { name: "Services" });
  expect(within(services).getByRole("link", { name: "sub-2" })).toHaveAttribute("href", "/services/sub-2");
  const unbilled = await screen.findByRole("table", { name: "Not billed yet" });
  expect(within(unbilled).getByText("Data beyond the allowance")).toBeInTheDocument();
  const side = screen.getByRole("complementary", { name: "Summary" });
  expect(within(side).getByText("75002 Paris")).toBeInTheDocument();
  expect(within(side).getByText("€31.20")).toBeInTheDocument();
  await user.click(within(screen.getByRole("navigation", { name: "Parts of the customer’s page" })).getByRole("link", { name: "Invoices" }));
  await waitFor(() => expect(place.current).toBe("/customers/acc-0002?view=invoices"));
  expect(await screen.findByRole("table", { name: "Invoices" })).toBeInTheDocument();
});

test("a new customer: what is refused stands at its field, and the page of the new one opens", async () => {
  const sent: unknown[] = [];
  server.events.on("request:start", async ({ request }) => {
    if (request.method === "POST" && request.url.endsWith("/v1/accounts")) sent.push(await request.clone().json(), request.headers.get("Idempotency-Key"));
  });
  const { user, place } = showAt("/customers?create=1");
  const name = await screen.findByRole("textbox", { name: "Name" });
  const drawer = screen.getByRole("dialog", { name: "New customer" });
  await user.type(name, "Gustav Holst");
  const currency = within(drawer).getByRole("textbox", { name: /^Currency/ });
  await user.clear(currency);
  await user.type(currency, "XXX");
  await user.click(within(drawer).getByRole("combobox", { name: "Billing cycle" }));
  await user.click(await within(drawer).findByRole("option", { name: /Monthly on the 1st/ }));
  await user.type(within(drawer).getByRole("textbox", { name: "Tax rate in %" }), "20");
  await user.click(within(drawer).getByRole("button", { name: "New customer" }));
  await waitFor(() => expect(currency).toHaveAccessibleDescription("XXX is no currency that can be billed."));
  await user.clear(currency);
  await user.type(currency, "EUR");
  await user.click(within(drawer).getByRole("button", { name: "New customer" }));
  await waitFor(() => expect(place.current).toBe("/customers/acc-0001"));
  server.events.removeAllListeners();
  expect(sent[2]).toEqual({ name: "Gustav Holst", currency: "EUR", cycle_id: "monthly", tax_rate: "20" });
  expect(sent[1]).not.toBe(sent[3]);
});

test("a service is started on the customer's own page, where the account is given", async () => {
  const { user } = showAt("/customers/acc-0002?start=1");
  const plan = await screen.findByRole("combobox", { name: "Plan" });
  const drawer = screen.getByRole("dialog", { name: "Start a service" });
  expect(within(drawer).getByRole("combobox", { name: "Customer" })).toHaveValue("acc-0002");
  server.use(http.get("*/v1/plans", () => HttpResponse.json({ items: [{ id: "fibre-300", name: "Fibre 300" }], total: 1 })));
  await user.click(plan);
  await user.click(await within(drawer).findByRole("option", { name: /Fibre 300/ }));
  const start = within(drawer).getByLabelText(/^First day/);
  await user.clear(start);
  await user.type(start, "2026-01-01");
  await user.click(within(drawer).getByRole("button", { name: "Start a service" }));
  await waitFor(() => expect(start).toHaveAccessibleDescription("The service can't start before the account was opened."));
});

test("a customer that is not there leads back, and a role without the audit trail has no timeline", async () => {
  server.use(http.get("*/v1/session", () => HttpResponse.json({ email: "support@demo.example", name: null, role: "support", allowed: ["read"] })));
  showAt("/customers/acc-0001");
  await screen.findByRole("heading", { level: 1, name: "Ada Lovelace" });
  expect(screen.queryByRole("link", { name: "Timeline" })).toBeNull();
  showAt("/customers/nobody");
  expect(await screen.findByText("There is no customer nobody")).toBeInTheDocument();
});
