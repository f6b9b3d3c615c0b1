import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
import { accounts } from "../../mock/rating";
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

test("a customer's page has services by the names of their plans, and facts; the invoices are a tab of the URL", async () => {
  const { user, place } = showAt("/customers/acc-0002");
  expect(await screen.findByRole("heading", { level: 1, name: "Brown & Sons" })).toBeInTheDocument();
  expect(document.title).toBe("Brown & Sons: customer · Meterlog");
  const services = await screen.findByRole("table", { name: "Services" });
  expect(within(services).getByRole("link", { name: "sub-2" })).toHaveAttribute("href", "/services/sub-2");
  const side = screen.getByRole("complementary", { name: "Summary" });
  expect(within(side).getByText("75002 Paris")).toBeInTheDocument();
  expect(within(side).getByText("€31.20")).toBeInTheDocument();
  expect(within(side).getByRole("link", { name: "Records and what is billed" })).toHaveAttribute("href", "/usage?account_id=acc-0002");
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
  await user.click(within(drawer).getByRole("button", { name: "See what follows" }));
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

test("what can't be done says why, and what is legal asks; a refusal stands at its field", async () => {
  const { user } = showAt("/customers/acc-0001");
  const side = await screen.findByRole("complementary", { name: "Summary" });
  const close = within(side).getByRole("button", { name: "Close the account" });
  expect(close).toBeDisabled();
  expect(close).toHaveAccessibleDescription("1 service is still active");
  await user.click(within(side).getByRole("button", { name: "Put on hold" }));
  const reason = await screen.findByRole("textbox", { name: "Reason" });
  await user.type(reason, "x");
  await user.click(within(screen.getByRole("dialog", { name: "Put on hold" })).getByRole("button", { name: "Put on hold" }));
  await waitFor(() => expect(reason).toHaveAccessibleDescription("Say why in a few words."));
});

test("another cycle shows its effect before it can be sent, and another effect for what is written next", async () => {
  const sent: unknown[] = [];
  server.events.on("request:start", async ({ request }) => {
    if (request.method === "POST" && request.url.endsWith("/cycle")) sent.push(await request.clone().json());
  });
  const { user } = showAt("/customers/acc-0001");
  await user.click(await screen.findByRole("button", { name: "Change the cycle" }));
  const cycle = await screen.findByRole("combobox", { name: "Billing cycle" });
  const drawer = screen.getByRole("dialog", { name: "Change the cycle" });
  await user.click(cycle);
  await user.click(await within(drawer).findByRole("option", { name: /Month’s end/ }));
  expect(within(drawer).queryByRole("button", { name: "Change the cycle" })).toBeNull();
  await user.click(within(drawer).getByRole("button", { name: "See what follows" }));
  expect(await within(drawer).findByText("In between")).toBeInTheDocument();
  await user.selectOptions(within(drawer).getByRole("combobox", { name: /^The period in between/ }), "Joined to the next");
  expect(within(drawer).getByRole("button", { name: "See what follows" })).toBeInTheDocument();
  await user.click(within(drawer).getByRole("button", { name: "See what follows" }));
  await user.click(await within(drawer).findByRole("button", { name: "Change the cycle" }));
  expect(await screen.findByText("The cycle change was taken")).toBeInTheDocument();
  server.events.removeAllListeners();
  expect(sent.map((body) => [(body as { transition: string }).transition, (body as { preview: boolean }).preview])).toEqual([["short", true], ["long", true], ["long", false]]);
});

test("an edit sends only what differs, and what someone else changed meanwhile is shown before it is sent again", async () => {
  const sent: [unknown, string | null][] = [];
  server.use(
    http.patch("*/v1/accounts/acc-0001", async ({ request }) => {
      sent.push([await request.json(), request.headers.get("If-Match")]);
      return sent.length === 1 ? HttpResponse.json({ title: "It has changed", status: 412, errors: [] }, { status: 412 }) : HttpResponse.json({ id: "acc-0001" });
    }),
  );
  const { user } = showAt("/customers/acc-0001");
  await user.click(await screen.findByRole("button", { name: "Edit" }));
  const email = await screen.findByRole("textbox", { name: /^Email/ });
  const drawer = screen.getByRole("dialog", { name: "Edit" });
  await user.clear(email);
  const account = { ...accounts[0]!, tax_id: "FR1", version: 4 };
  server.use(http.get("*/v1/accounts/acc-0001", () => HttpResponse.json(account)));
  await user.click(within(drawer).getByRole("button", { name: "Save" }));
  const changes = await within(drawer).findByRole("table", { name: "What has changed" });
  expect(within(changes).getByRole("rowheader", { name: "Tax id" })).toBeInTheDocument();
  await user.click(within(drawer).getByRole("button", { name: "Save all the same" }));
  expect(await screen.findByText("The customer was changed")).toBeInTheDocument();
  expect(sent).toEqual([[{ email: null }, "3"], [{ email: null }, "4"]]);
});
