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
import openapi from "../../openapi.json";
import { kept_days } from "../features/usage/records/DroppedRecord";
import { showAt } from "../test/render";
import { askedOf, sentTo } from "../test/sent";
import { server } from "../test/setup";

/** The first page of a file brings the whole shell with it. */
const first = { timeout: 45_000 };

test("usage is listed with its state and reason, what came late is set off, and each leads to its record", async () => {
  showAt("/usage");
  const table = await screen.findByRole("table", { name: "Usage" }, first);
  expect(await within(table).findByText("Unknown resource")).toBeInTheDocument();
  expect(within(table).getByText("21 days late")).toBeInTheDocument();
  expect(within(table).getByRole("link", { name: "Open the record rec-late" })).toHaveAttribute("href", "/usage/records/olt-7/rec-late");
  expect(await screen.findByText("7 records")).toBeInTheDocument();
});

test("it is said since when single records are listed, and where nothing is left of a time, that no filter is to blame", async () => {
  const { user } = showAt("/usage?to=2026-08-01");
  expect((await screen.findAllByText("Records from before 15 Aug 2026 are in the log alone", {}, first)).length).toBeGreaterThan(0);
  expect(screen.queryByText("No record matches the filters")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Clear the filters" }));
  expect(await screen.findByText("7 records")).toBeInTheDocument();
  expect(screen.getByText("Records from before 15 Aug 2026 are in the log alone")).toBeInTheDocument();
});

test("the volume by state stands over the list as a picture and as a table, under the list's filters", async () => {
  const asked = askedOf("/v1/usage/summary");
  const { user } = showAt("/usage?from=2026-11-01&to=2026-11-03&meter=data.octets&account_id=acc-0001");
  await user.click(await screen.findByRole("button", { name: "As table" }));
  const table = await screen.findByRole("table", { name: "Records by billing state, per day of use (UTC)" });
  expect(within(table).getAllByRole("row")).toHaveLength(4);
  expect(within(table).getByRole("columnheader", { name: "Quarantined" })).toBeInTheDocument();
  server.events.removeAllListeners();
  expect(Object.fromEntries(asked[0]!)).toEqual({ from: "2026-11-01T00:00:00Z", to: "2026-11-04T00:00:00Z", bucket: "day", by: "state", account_id: "acc-0001", meter: "data.octets" });
});

test("of everybody the picture shows what was decided on receipt, which is not what is billed, and says so", async () => {
  const asked = askedOf("/v1/usage/summary");
  const { user } = showAt("/usage");
  expect(await screen.findByText(/accepted does not mean billed/)).toBeInTheDocument();
  await user.click(await screen.findByRole("button", { name: "As table" }));
  const table = await screen.findByRole("table", { name: "Records by decision on receipt, per day of use (UTC)" });
  expect(within(table).getByRole("columnheader", { name: "Accepted" })).toBeInTheDocument();
  expect(within(table).queryByRole("columnheader", { name: "Not billed yet" })).toBeNull();
  server.events.removeAllListeners();
  expect(asked[0]!.get("by")).toBe("recorded_as");
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

test("a record that is not there may have been dropped: it is said how long they are kept, and where the counts are", async () => {
  showAt("/usage/records/olt-7/dropped");
  expect(await screen.findByText(`Single records are kept for ${kept_days} days. Those received since 15 Aug 2026 are here; earlier ones are in the log alone.`)).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "Counts by day before 15 Aug 2026" })).toHaveAttribute("href", "/usage?to=2026-08-14");
  expect(JSON.stringify(openapi)).toContain(`Single records are kept for ${kept_days} days`);
});

test("while no record was dropped, one that is not there is only said not to be", async () => {
  server.use(http.get("*/v1/usage/records", () => HttpResponse.json({ items: [], total: 0, totals: [], next_cursor: null, as_of: "2026-11-23T10:15:00Z", kept_since: null })));
  showAt("/usage/records/olt-7/none");
  expect(await screen.findByText("There is no usage record none")).toBeInTheDocument();
  expect(screen.queryByText(/are kept for/)).toBeNull();
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
