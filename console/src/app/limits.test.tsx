import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
// Loaded before a test waits for them: a busy machine takes longer for it than a test waits.
import "../features/payments/limits/CustomerLimits";
import "../features/payments/limits/ModeDialog";
import "../features/payments/limits/dialogs";
import "./pages/CustomerPage";
import "./pages/LimitsPage";
import { showAt } from "../test/render";
import { server } from "../test/setup";

/** The first page of a file brings the whole shell with it. */
const first = { timeout: 45_000 };

test("accounts with a limit or a wallet are listed with what is left to them", async () => {
  showAt("/credit");
  const table = await screen.findByRole("table", { name: "Prepaid and credit limits" }, first);
  const over = within(table).getByRole("row", { name: /acc-0002|At the end/ });
  expect(over).toHaveTextContent("-€3.58");
  expect(over).toHaveTextContent("Blocked");
  expect(within(table).getByRole("row", { name: /Before use/ })).toHaveTextContent("€4.00");
});

test("a customer's limit says what is available, and what that is made of", async () => {
  showAt("/customers/acc-0002?view=limits");
  const card = await screen.findByRole("region", { name: "Credit limit and wallet" }, first);
  expect(card).toHaveTextContent("Not billed yet, with tax€12.40");
  expect(card).toHaveTextContent("Credit limit€50.00");
  expect(card).toHaveTextContent("Available-€3.58");
  expect(await screen.findByRole("table", { name: "What was told" })).toHaveTextContent("Nothing is left");
});

test("an account without limit is not followed", async () => {
  showAt("/customers/acc-0001?view=limits");
  const card = await screen.findByRole("region", { name: "Credit limit and wallet" }, first);
  expect(card).toHaveTextContent("Not followed: no limit, no wallet");
  expect(await screen.findByText("Nothing was told yet")).toBeInTheDocument();
});

test("terms are changed as a whole, under their version", async () => {
  const sent: unknown[] = [];
  server.events.on("request:start", async ({ request }) => {
    if (request.method === "PUT") sent.push([request.headers.get("If-Match"), await request.clone().json()]);
  });
  const { user } = showAt("/customers/acc-0002?view=limits");
  await user.click(await screen.findByRole("button", { name: "Change terms" }, first));
  const limit = await screen.findByRole("textbox", { name: "Credit limit" });
  await user.clear(limit);
  await user.type(limit, "80");
  await user.type(screen.getByRole("textbox", { name: "Tell at, one amount a line" }), "20.00\n5.00");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("The terms were changed")).toBeInTheDocument();
  server.events.removeAllListeners();
  expect(sent).toEqual([['"1"', { credit_limit: { amount: "80", currency: "EUR" }, at_limit: "restrict", alerts: ["20.00", "5.00"] }]]);
});

test("before a customer pays the other way it is shown what that means", async () => {
  const sent: unknown[] = [];
  server.events.on("request:start", async ({ request }) => {
    if (request.method === "PUT") sent.push(await request.clone().json());
  });
  const { user } = showAt("/customers/acc-0002?view=limits");
  await user.click(await screen.findByRole("button", { name: "Make prepaid" }, first));
  const dialog = await screen.findByRole("dialog", { name: "Make prepaid" });
  await user.type(await within(dialog).findByRole("textbox", { name: "Why" }), "asked for");
  await user.click(within(dialog).getByRole("button", { name: "See what follows" }));
  expect(await within(dialog).findByText(/41.18 EUR is overdue for 23 days/)).toBeInTheDocument();
  expect(dialog).toHaveTextContent("Available-€12.40");
  await user.click(within(dialog).getByRole("button", { name: "Make prepaid" }));
  expect(await screen.findByText("The customer pays the other way now")).toBeInTheDocument();
  server.events.removeAllListeners();
  expect(sent).toEqual([{ mode: "prepaid", reason: "asked for" }]);
});
