import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
import { problem } from "../../mock/answers";
import { showAt } from "../test/render";
import { server } from "../test/setup";

async function open(path = "/") {
  const shown = showAt(path);
  await screen.findByText("41 overdue invoices");
  await shown.user.keyboard("{Control>}k{/Control}");
  return { ...shown, field: await screen.findByRole("combobox", { name: "Search or go to" }) };
}

const options = () => screen.getAllByRole("option").map((option) => option.textContent.trim());

test("what is typed is asked of the search once, and a customer is found by a beginning in any case", async () => {
  const asked: (string | null)[] = [];
  server.events.on("request:start", ({ request }) => {
    const url = new URL(request.url);
    if (url.pathname === "/v1/search") asked.push(url.searchParams.get("q"));
  });
  const { user, field, place } = await open();
  await user.type(field, "ACC-001");
  await waitFor(() => expect(options()[0]).toBe("acc-0010 Account"));
  expect(asked).toEqual(["ACC-001"]);
  server.events.removeAllListeners();
  await user.keyboard("{ArrowDown}{Enter}");
  await waitFor(() => expect(place.current).toBe("/customers/acc-0011"));
});

test("a number leads to its invoice, a plan and a subscription to theirs, and things without a page to their customer", async () => {
  const items = [
    { kind: "invoice", id: "inv-7", label: "INV-000042", account_id: "cust-1", account_name: null },
    { kind: "subscription", id: "sub-9", label: "sub-9", account_id: "cust-2", account_name: null },
    { kind: "account", id: "cust-3", label: "Ann Example", account_id: "cust-3", account_name: null },
    { kind: "plan", id: "home", label: "home", account_id: null, account_name: null },
    { kind: "novelty", id: "n", label: "n", account_id: "cust-4", account_name: null },
  ];
  server.use(http.get("*/v1/search", () => HttpResponse.json({ items })));
  const { user, field, place } = await open();
  await user.type(field, "7");
  await waitFor(() => expect(options().slice(0, 5)).toEqual(["INV-000042 Invoice, cust-1", "sub-9 Subscription, cust-2", "Ann Example Account, cust-3", "home Plan", "n novelty, cust-4"]));
  expect(options()).toHaveLength(6);
  await user.click(screen.getByRole("option", { name: /INV-000042/ }));
  await waitFor(() => expect(place.current).toBe("/invoices/inv-7"));
});

test("a search that finds nothing or fails says so, and the list of invoices is still a way", async () => {
  const { user, field, place } = await open();
  const dialog = screen.getByRole("dialog");
  await user.type(field, "zzz");
  expect(await within(dialog).findByText("Nothing begins with “zzz”")).toBeInTheDocument();
  server.use(http.get("*/v1/search", () => problem(422, "Refused")));
  await user.type(field, "z");
  expect(await within(dialog).findByText("The search did not answer")).toBeInTheDocument();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(place.current).toBe("/invoices?status=all&q=zzzz"));
});
