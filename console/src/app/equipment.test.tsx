import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import "../ui/table/AntTable";
// Loaded before a test waits for them: a busy machine takes longer for it than a test waits.
import "../features/usage/quarantine/DiscardDialog";
import "../features/usage/quarantine/RecycleDialog";
import "../features/usage/records/dialogs";
import "../features/usage/resources/AssignDrawer";
import "../features/usage/resources/ReassignDrawer";
import "../features/usage/sources/dialogs";
import "../ui/list/BulkBar";
import "./pages/QuarantinePage";
import "./pages/ResourcePage";
import "./pages/ResourcesPage";
import "./pages/SourcesPage";
import "./pages/UsagePage";
import "./pages/UsageRecordPage";
import { showAt } from "../test/render";
import { askedOf, sentTo } from "../test/sent";
import { server } from "../test/setup";

test("a source is changed without its secret, which is never shown and stays", async () => {
  const sent = sentTo("/v1/sources/bras-1");
  const { user } = showAt("/usage/sources");
  await user.click(await screen.findByRole("button", { name: "Actions for Paris, BRAS 1" }));
  await user.click(await screen.findByRole("button", { name: "Change" }));
  const secret = await screen.findByLabelText(/^Shared secret/);
  const drawer = screen.getByRole("dialog", { name: "Change" });
  expect(secret).toHaveValue("");
  expect(secret).toHaveAttribute("type", "password");
  expect(drawer).toHaveTextContent("Leave its field empty to keep it");
  await user.clear(within(drawer).getByLabelText(/^Name/));
  await user.type(within(drawer).getByLabelText(/^Name/), "Paris 2");
  await user.click(within(drawer).getByRole("button", { name: "Change" }));
  expect(await screen.findByText("The source is changed")).toBeInTheDocument();
  server.events.removeAllListeners();
  expect(sent).toEqual([{ method: "PUT", version: "3", body: { name: "Paris 2", addresses: ["192.0.2.10", "2001:db8:7::/48"], line: "user", signed: true, silent_after_s: 900 } }]);
});

test("a source is deleted only after it was confirmed", async () => {
  const sent = sentTo("/v1/sources/olt-7");
  const { user } = showAt("/usage/sources");
  await user.click(await screen.findByRole("button", { name: "Actions for olt-7" }));
  await user.click(await screen.findByRole("button", { name: "Delete" }));
  const dialog = await screen.findByRole("dialog", { name: "Delete this source?" });
  expect(sent).toEqual([]);
  await user.click(within(dialog).getByRole("button", { name: "Delete" }));
  expect(await screen.findByText("The source is deleted")).toBeInTheDocument();
  server.events.removeAllListeners();
  expect(sent).toEqual([{ method: "DELETE", version: "1", body: null }]);
});

test("a line is assigned to a customer by name and to one of their subscriptions, from a moment on", async () => {
  const sent = sentTo("/assignments");
  const { user } = showAt("/usage/resources/user%3Aanna");
  await user.click(await screen.findByRole("button", { name: "Assign" }));
  const customer = await screen.findByRole("combobox", { name: /^Customer/ });
  const drawer = screen.getByRole("dialog", { name: "Assign user:anna" });
  await user.click(customer);
  await user.click(await within(drawer).findByRole("option", { name: /Ada Lovelace/ }));
  const subscription = within(drawer).getByRole("combobox", { name: "Subscription" });
  await waitFor(() => expect(within(subscription).getAllByRole("option").length).toBeGreaterThan(1));
  await user.selectOptions(subscription, "sub-1");
  await user.type(within(drawer).getByLabelText(/^From/), "2026-11-01T00:00");
  await user.click(within(drawer).getByRole("button", { name: "Assign" }));
  expect(await screen.findByText("The resource is assigned")).toBeInTheDocument();
  server.events.removeAllListeners();
  expect(sent.map(({ body, version }) => [body, version])).toEqual([[{ account_id: "acc-0001", subscription_id: "sub-1", from: "2026-11-01T00:00:00Z" }, "1"]]);
});

test("a resource tells whose it was when, and one that belongs to its subscription is not assigned by hand", async () => {
  showAt("/usage/resources/mac%3Ad0%3A38%3Aa4%3A62%3A1e%3Ace");
  const table = await screen.findByRole("table", { name: "Assignments over time" });
  expect(await within(table).findByRole("link", { name: "Brown & Sons" })).toHaveAttribute("href", "/customers/acc-0002");
  expect(within(table).getAllByRole("row")[1]).toHaveTextContent("open");
});

test("a line that was somebody else's is corrected in the past once it was seen which usage goes along", async () => {
  const sent = sentTo("/reassignments");
  const { user } = showAt("/usage/resources/mac%3Ad0%3A38%3Aa4%3A62%3A1e%3Ace");
  await user.click(await screen.findByRole("button", { name: "Correct the past" }));
  const from = await screen.findByLabelText(/^From/);
  const drawer = screen.getByRole("dialog", { name: "Whose was mac:d0:38:a4:62:1e:ce?" });
  await user.type(from, "2026-11-01T00:00");
  await user.type(within(drawer).getByLabelText(/^Note/), "swapped");
  await user.click(within(drawer).getByRole("button", { name: "See what follows" }));
  const moves = await within(drawer).findByRole("table", { name: "Usage that goes along" });
  expect(moves).toHaveTextContent(/Brown & Sons.*nobody: to quarantine.*24/);
  expect(drawer).toHaveTextContent("2 records are older than 35 days");
  await user.click(within(drawer).getByRole("button", { name: "Correct the past" }));
  expect(await screen.findByText("The assignments are corrected, and the usage goes along")).toBeInTheDocument();
  server.events.removeAllListeners();
  const body = { from: "2026-11-01T00:00:00Z", note: "swapped" };
  expect(sent.map((one) => [one.body, one.version])).toEqual([[{ ...body, preview: true }, null], [body, "2"]]);
});

test("what was corrected of a line is listed with how much usage went along, and leads to what was taken back", async () => {
  showAt("/usage/resources/mac%3Ad0%3A38%3Aa4%3A62%3A1e%3Ace");
  const table = await screen.findByRole("table", { name: "Corrected assignments" });
  const [, row] = within(table).getAllByRole("row");
  expect(row).toHaveTextContent(/2026.*286.*0.*user:u-billing/);
  expect(within(row!).getByRole("link")).toHaveAttribute("href", "/usage/retractions/ret-4");
});

test("the audit trail reads the data of an event that is opened, and follows its chain", async () => {
  const asked = askedOf("/v1/events");
  const { user, place } = showAt("/usage/events");
  const list = await screen.findByRole("list", { name: "Billing events" });
  const opened = within(list).getAllByRole("listitem")[0]!;
  await user.click(within(opened).getByText("InvoiceIssued"));
  expect(await within(opened).findByLabelText("Event data")).toHaveTextContent('"amount": "42.90"');
  await user.click(within(opened).getByRole("link", { name: "Follow the chain of events" }));
  await waitFor(() => expect(place.current).toBe("/usage/events?correlation_id=run-2026-11"));
  await waitFor(() => expect(asked.at(-1)?.get("sort")).toBe("recorded_at"));
  server.events.removeAllListeners();
  expect(asked.at(-1)?.get("correlation_id")).toBe("run-2026-11");
});

test("a dead letter is requeued with all behind it, if that is wished", async () => {
  const sent = sentTo("/requeue");
  const { user } = showAt("/usage/dead-letters/rating-3-1842");
  expect(await screen.findByText(/"quantity": "0"/)).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Requeue" }));
  const dialog = await screen.findByRole("dialog", { name: "Requeue this dead letter?" });
  await user.click(within(dialog).getByRole("checkbox"));
  await user.click(within(dialog).getByRole("button", { name: "Requeue" }));
  expect(await screen.findByText("It was taken again")).toBeInTheDocument();
  server.events.removeAllListeners();
  expect(sent.map(({ body }) => body)).toEqual([{ queue: true }]);
});

test("open dead letters come first, and one is discarded only with a reason", async () => {
  const sent = sentTo("/discard");
  const { user } = showAt("/usage/dead-letters");
  expect(await screen.findByText("1 dead letter")).toBeInTheDocument();
  await user.click(await screen.findByRole("button", { name: "Actions for rating-3-1842" }));
  await user.click(await screen.findByRole("button", { name: "Discard" }));
  const dialog = await screen.findByRole("dialog", { name: "Discard this dead letter?" });
  expect(within(dialog).getByRole("button", { name: "Discard" })).toBeDisabled();
  await user.type(within(dialog).getByRole("textbox"), "a test");
  await user.click(within(dialog).getByRole("button", { name: "Discard" }));
  expect(await screen.findByText("The dead letter is discarded")).toBeInTheDocument();
  server.events.removeAllListeners();
  expect(sent.map(({ body }) => body)).toEqual([{ reason: "a test" }]);
});
