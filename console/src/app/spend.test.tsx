import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
// Loaded before a test waits for them: a busy machine takes longer for it than a test waits.
import "../features/rating/allowances/Allowances";
import "../features/rating/allowances/TopUpDrawer";
import "../features/rating/oneTime/ChargeDrawer";
import "../features/rating/spend/AlertDrawer";
import "../features/rating/spend/Spend";
import "./pages/CustomerPage";
import "./pages/ServicePage";
import { showAt } from "../test/render";
import { server } from "../test/setup";

/** The first page of a file brings the whole shell with it. */
const first = { timeout: 45_000 };

test("what a customer spends is told live with its lines, how far a commitment is met, and which alert was reached when", async () => {
  showAt("/customers/acc-0001?view=spend");
  const unbilled = await screen.findByRole("table", { name: "Not billed yet" }, first);
  expect(within(unbilled).getAllByRole("link", { name: "sub-1" })[0]).toHaveAttribute("href", "/services/sub-1");
  const committed = await screen.findByRole("region", { name: "Commitments" });
  expect(committed).toHaveTextContent("€2.40 of €20.00");
  expect(within(committed).getByRole("progressbar", { name: "Commitments" })).toHaveValue(0.12);
  const alerts = await screen.findByRole("table", { name: "Spend alerts and caps" });
  expect(within(alerts).getByRole("row", { name: /€20.00.*Tell.*€27.30/ })).toBeInTheDocument();
  expect(within(alerts).getByRole("row", { name: /€100.00.*ask for suspension.*never/ })).toBeInTheDocument();
});

test("an alert is changed, and deleted after it was asked", async () => {
  const sent: string[] = [];
  server.events.on("request:start", ({ request }) => {
    if (request.method !== "GET") sent.push(`${request.method} ${new URL(request.url).pathname}`);
  });
  const { user } = showAt("/customers/acc-0001?view=spend");
  await user.click(await screen.findByRole("button", { name: "Actions for the alert at 20.00 EUR" }));
  await user.click(screen.getByRole("button", { name: "Change" }));
  const threshold = await screen.findByRole("textbox", { name: "Threshold, by price" });
  await user.clear(threshold);
  await user.type(threshold, "30");
  await user.click(within(screen.getByRole("dialog", { name: "Change" })).getByRole("button", { name: "Save" }));
  expect(await screen.findByText("The alert was changed")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Actions for the alert at 100.00 EUR" }));
  await user.click(screen.getByRole("button", { name: "Delete" }));
  const ask = await screen.findByRole("dialog", { name: "Delete this alert?" });
  await user.click(within(ask).getByRole("button", { name: "Delete" }));
  expect(await screen.findByText("The alert was deleted")).toBeInTheDocument();
  server.events.removeAllListeners();
  expect(sent).toEqual(["PATCH /v1/spend-alerts/alert-1", "DELETE /v1/spend-alerts/alert-2"]);
});

test("a change that is refused says why", async () => {
  server.use(http.patch("*/v1/spend-alerts/:id", () => HttpResponse.json({ title: "Refused", status: 422, detail: "a threshold is more than zero", errors: [] }, { status: 422 })));
  const { user } = showAt("/customers/acc-0001?view=spend");
  await user.click(await screen.findByRole("button", { name: "Actions for the alert at 20.00 EUR" }));
  await user.click(screen.getByRole("button", { name: "Change" }));
  await user.type(await screen.findByRole("textbox", { name: "Threshold, by price" }), "1");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText(/a threshold is more than zero/)).toBeInTheDocument();
});

test("a one-time charge is added, and cancelled only while no bill has it", async () => {
  const sent: unknown[] = [];
  server.events.on("request:start", async ({ request }) => {
    if (request.method === "POST" && request.url.endsWith("/v1/charges")) sent.push(await request.clone().json());
  });
  const { user } = showAt("/customers/acc-0001?view=charges");
  await user.click(await screen.findByRole("button", { name: "Actions for Router" }));
  expect(screen.getByRole("button", { name: /^Cancel/ })).toHaveTextContent("It is billed");
  await user.click(screen.getByRole("button", { name: "Actions for A technician’s visit" }));
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  await user.click(within(await screen.findByRole("dialog", { name: "Cancel this charge?" })).getAllByRole("button", { name: "Cancel" }).at(-1)!);
  expect(await screen.findByText("The charge was cancelled")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Add a charge" }));
  await user.type(await screen.findByRole("textbox", { name: "What it is for" }), "Wall socket");
  await user.type(screen.getByRole("textbox", { name: "Amount" }), "12,50");
  await user.click(within(screen.getByRole("dialog", { name: "Add a charge" })).getByRole("button", { name: "Add a charge" }));
  expect(await screen.findByText("The charge was added")).toBeInTheDocument();
  server.events.removeAllListeners();
  expect(sent).toEqual([{ account_id: "acc-0001", description: "Wall socket", amount: { amount: "12.50", currency: "EUR" }, includes_tax: false, on: "2026-11-23" }]);
});

test("a group shows whom one belongs to, and who belongs to one", async () => {
  showAt("/customers/acc-0001?view=group");
  const members = await screen.findByRole("table", { name: "Members" });
  expect(await within(members).findByRole("link", { name: "Delta Hosting" })).toHaveAttribute("href", "/customers/acc-0004");
  expect(screen.getByText("Belongs to nobody")).toBeInTheDocument();
});

test("allowances stand in the order in which they pay, with what is left, what is shared, and where fair use stands", async () => {
  showAt("/services/sub-1?view=allowances");
  const buckets = await screen.findByRole("table", { name: "Allowances" });
  expect(within(buckets).getAllByRole("row").map((row) => within(row).queryAllByRole("cell")[1]?.textContent ?? "").slice(1)).toEqual(["Rolled over", "Plan", "Shared by anotherPool familysub-9"]);
  expect(within(buckets).getByRole("row", { name: /^2 data/ })).toHaveTextContent("35 GB");
  expect(await screen.findByText("Slowed to slow")).toBeInTheDocument();
});

test("a top-up says what it brings and costs before it is sent, and is sent as the meter counts", async () => {
  const sent: unknown[] = [];
  server.events.on("request:start", async ({ request }) => {
    if (request.url.endsWith("/top-ups")) sent.push(await request.clone().json());
  });
  const { user } = showAt("/services/sub-1?view=allowances");
  await user.click(await screen.findByRole("button", { name: "Top up" }));
  await user.type(await screen.findByRole("textbox", { name: /^Quantity/ }), "50");
  const drawer = screen.getByRole("dialog", { name: "Top up" });
  await user.type(within(drawer).getByRole("textbox", { name: /^Price before tax/ }), "9.00");
  await user.click(within(drawer).getByRole("button", { name: "See what follows" }));
  const follows = await within(drawer).findByRole("region", { name: "See what follows" });
  expect(await within(follows).findByText("130 GB")).toBeInTheDocument();
  expect(within(follows).getByText("€9.00")).toBeInTheDocument();
  await user.click(within(drawer).getByRole("button", { name: "Top up" }));
  expect(await screen.findByText("The top-up is there")).toBeInTheDocument();
  server.events.removeAllListeners();
  expect(sent).toEqual([{ allowance: "data", quantity: "50000000000", price: { amount: "9.00", currency: "EUR" } }]);
});

test("a rule is tried on the month before, and tells when its steps would have been reached", async () => {
  const { user } = showAt("/services/sub-1?view=allowances");
  await user.click(await screen.findByRole("button", { name: "Write a rule" }));
  await user.type(await screen.findByRole("textbox", { name: /^Included/ }), "50");
  await user.click(screen.getByRole("button", { name: "Add a row" }));
  await user.type(screen.getByRole("textbox", { name: /^At/ }), "60%");
  await user.type(screen.getByRole("textbox", { name: /^Bandwidth profile/ }), "slow");
  await user.click(screen.getByRole("button", { name: "Try" }));
  expect(await screen.findByText("19 Oct 2026")).toBeInTheDocument();
  await waitFor(() => expect(screen.getByRole("heading", { name: /What it would have come to: 1.–.31 Oct 2026/ })).toBeInTheDocument());
});
