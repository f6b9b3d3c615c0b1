import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
import "../ui/table/AntTable";
// Loaded before a test waits for them: a busy machine takes longer for it than a test waits.
import "../features/usage/quarantine/DiscardDialog";
import "../features/usage/quarantine/RecycleDialog";
import "../features/usage/records/dialogs";
import "../features/usage/resources/AssignDrawer";
import "../features/usage/sources/dialogs";
import "../ui/list/BulkBar";
import "./pages/QuarantinePage";
import "./pages/ResourcePage";
import "./pages/SourcesPage";
import "./pages/UsagePage";
import "./pages/UsageRecordPage";
import { showAt } from "../test/render";
import { server } from "../test/setup";

/** The first page of a file brings the whole shell with it. */
const first = { timeout: 45_000 };

interface Sent {
  method: string;
  body: unknown;
  version: string | null;
}

/** What was written to paths that end so. */
function sentTo(ending: string): Sent[] {
  const sent: Sent[] = [];
  server.events.on("request:start", async ({ request }) => {
    if (request.method !== "GET" && request.url.endsWith(ending)) sent.push({ method: request.method, body: await request.clone().json().catch(() => null), version: request.headers.get("If-Match") });
  });
  return sent;
}

/** The paths with their query that were read of a list. */
function askedOf(path: string): URLSearchParams[] {
  const asked: URLSearchParams[] = [];
  server.events.on("request:start", ({ request }) => {
    const url = new URL(request.url);
    if (url.pathname === path) asked.push(url.searchParams);
  });
  return asked;
}

test("usage is listed with its state and reason, what came late is set off, and each leads to its record", async () => {
  showAt("/usage");
  const table = await screen.findByRole("table", { name: "Usage" }, first);
  expect(await within(table).findByText("Unknown resource")).toBeInTheDocument();
  expect(within(table).getByText("21 days late")).toBeInTheDocument();
  expect(within(table).getByRole("link", { name: "Open the record rec-late" })).toHaveAttribute("href", "/usage/records/olt-7/rec-late");
  expect(await screen.findByText("7 records")).toBeInTheDocument();
});

test("the volume by state stands over the list as a picture and as a table, under the list's filters", async () => {
  const asked = askedOf("/v1/usage/summary");
  const { user } = showAt("/usage?from=2026-11-01&to=2026-11-03&meter=data.octets&account_id=acc-0001");
  await user.click(await screen.findByRole("button", { name: "As table" }));
  const table = await screen.findByRole("table", { name: "Records by day of use (UTC)" });
  expect(within(table).getAllByRole("row")).toHaveLength(4);
  expect(within(table).getByRole("columnheader", { name: "Quarantined" })).toBeInTheDocument();
  server.events.removeAllListeners();
  expect(Object.fromEntries(asked[0]!)).toEqual({ from: "2026-11-01T00:00:00Z", to: "2026-11-04T00:00:00Z", bucket: "day", by: "state", account_id: "acc-0001", meter: "data.octets" });
});

test("a record tells its way: its place in the log, its charge, its invoice line, and that it came twice", async () => {
  showAt("/usage/records/olt-7/rec-billed");
  expect(await screen.findByRole("heading", { name: "From the device to the invoice" })).toBeInTheDocument();
  expect(screen.getByText("usage/0/41#9")).toBeInTheDocument();
  expect(screen.getByText("chg-0001-2")).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "Line 2 of MTR-2026-00001" })).toHaveAttribute("href", "/invoices/inv-0001?explain=2");
  expect(screen.getByRole("table", { name: "Came 1 time more" })).toHaveTextContent("usage/0/43#0");
});

test("a record that is parked says why, and that nothing charges it before that is mended", async () => {
  showAt("/usage/records/olt-7/rec-parked");
  expect(await screen.findByText("Not yet: its cause must be mended first.")).toBeInTheDocument();
  expect(screen.getAllByText("Unknown resource").length).toBeGreaterThan(0);
  expect(screen.getByRole("link", { name: "In the quarantine" })).toHaveAttribute("href", "/usage/quarantine?id=rec-parked");
});

test("a report of a session tells what the session has come to", async () => {
  showAt("/usage/records/bras-1/rec-session");
  expect(await screen.findByRole("link", { name: "8A2F0001" })).toHaveAttribute("href", "/usage/sessions?session_id=8A2F0001");
  expect(screen.getByText("Interim")).toBeInTheDocument();
});

test("a record that is not there leads back to the list", async () => {
  showAt("/usage/records/olt-7/none");
  expect(await screen.findByText("There is no usage record none")).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "To the usage" })).toHaveAttribute("href", "/usage");
});

test("all that match are recycled by the list's filter, and the counts that come back are told", async () => {
  const sent = sentTo("/recycle");
  server.use(http.post("*/v1/usage/quarantine/recycle", () => HttpResponse.json({ recycled: 5, still_quarantined: 2, more: true })));
  const { user } = showAt("/usage/quarantine?source=olt-7");
  await user.click(await screen.findByRole("checkbox", { name: /usage\/0\/42#1/ }));
  await user.click(await screen.findByRole("button", { name: "Select all 5" }));
  await user.click(screen.getByRole("button", { name: "Recycle" }));
  const dialog = await screen.findByRole("dialog", { name: "Try these records again?" });
  expect(sent).toEqual([]);
  await user.click(within(dialog).getByRole("button", { name: "Recycle" }));
  const result = await screen.findByRole("dialog", { name: "What came of it" });
  expect(result).toHaveTextContent("5 counted, 2 still wait");
  await user.click(within(result).getByRole("button", { name: "Do the next" }));
  await waitFor(() => expect(sent).toHaveLength(2));
  server.events.removeAllListeners();
  expect(sent.map(({ body }) => body)).toEqual([{ filter: { source: ["olt-7"] } }, { filter: { source: ["olt-7"] } }]);
});

test("chosen records are discarded by their place in the log, only with a reason", async () => {
  const sent = sentTo("/discard");
  const { user } = showAt("/usage/quarantine");
  await user.click(await screen.findByRole("checkbox", { name: /usage\/0\/42#2/ }));
  await user.click(await screen.findByRole("button", { name: "Discard" }));
  const dialog = await screen.findByRole("dialog", { name: "Discard these records?" });
  const give = within(dialog).getByRole("button", { name: "Discard" });
  expect(give).toBeDisabled();
  await user.type(within(dialog).getByRole("textbox"), "test traffic");
  await user.click(give);
  expect(await screen.findByText("1 discarded")).toBeInTheDocument();
  server.events.removeAllListeners();
  expect(sent.map(({ body }) => body)).toEqual([{ records: ["usage/0/42#2"], reason: "test traffic" }]);
});

test("a list narrowed by a record's id is not worked on as a whole: that would take more than is shown", async () => {
  const sent = sentTo("/recycle");
  server.use(http.get("*/v1/usage/quarantine", () => HttpResponse.json({ items: [{ id: "rec-1", record: "usage/0/1#0", source: "olt-7", resource: null, meter: null, quantity: null, started_at: null, reason: "malformed", detail: null, account_id: null, subscription_id: null, batch_id: null, raw: null, recorded_at: "2026-11-23T09:25:04Z", state: "quarantined" }], total: 2, totals: [], next_cursor: null, as_of: "2026-11-23T09:25:04Z" })));
  const { user } = showAt("/usage/quarantine?id=rec-1");
  await user.click(await screen.findByRole("checkbox", { name: /usage\/0\/1#0/ }));
  await user.click(await screen.findByRole("button", { name: "Select all 2" }));
  await user.click(screen.getByRole("button", { name: "Recycle" }));
  expect(await screen.findByText(/select the rows/)).toBeInTheDocument();
  server.events.removeAllListeners();
  expect(sent).toEqual([]);
});

test("a record is retracted from its page, with a reason of the server's own words, and corrected in its quantity", async () => {
  const sent: unknown[] = [];
  const taken = async ({ request }: { request: Request }) => {
    sent.push(await request.json());
    return HttpResponse.json({ id: "ret-1", record: "usage/0/50#0", retracted: "usage/0/41#9" });
  };
  server.use(http.post("*/v1/usage/retractions", taken), http.post("*/v1/usage/corrections", taken));
  const { user } = showAt("/usage/records/olt-7/rec-billed");
  await user.click(await screen.findByRole("button", { name: "Retract" }));
  const dialog = await screen.findByRole("dialog", { name: "Retract this record?" });
  expect(within(dialog).getByRole("button", { name: "Retract" })).toBeDisabled();
  await user.selectOptions(within(dialog).getByRole("combobox"), "bad_file");
  await user.click(within(dialog).getByRole("button", { name: "Retract" }));
  expect(await screen.findByText("The record is retracted")).toBeInTheDocument();
  await user.click(await screen.findByRole("button", { name: "Correct" }));
  const correction = await screen.findByRole("dialog", { name: "Correct this record?" });
  await user.selectOptions(within(correction).getByRole("combobox"), "wrong_quantity");
  const quantity = within(correction).getByRole("textbox", { name: "Quantity that counts instead" });
  await user.clear(quantity);
  await user.type(quantity, "5");
  await user.click(within(correction).getByRole("button", { name: "Correct" }));
  expect(await screen.findByText("The record is corrected")).toBeInTheDocument();
  expect(sent).toEqual([
    { records: ["usage/0/41#9"], reason: "bad_file" },
    { record: "usage/0/41#9", reason: "wrong_quantity", quantity: "5" },
  ]);
});

test("sessions are told by how they ended, each with what it has come to", async () => {
  showAt("/usage/sessions");
  const table = await screen.findByRole("table", { name: "Sessions" });
  expect(await within(table).findByText("Estimated")).toBeInTheDocument();
  expect(within(table).getByText("Silence")).toBeInTheDocument();
  expect(within(table).getByText("0:05:12")).toBeInTheDocument();
});

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
