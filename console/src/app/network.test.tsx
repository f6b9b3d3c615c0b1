import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import "../ui/table/AntTable";
// Loaded before a test waits for them: a busy machine takes longer for it than a test waits.
import "../features/usage/meters/MeterDrawer";
import "../features/usage/network/dialogs";
import "../features/usage/network/LineElementDialog";
import "../features/usage/network/LineNetwork";
import "../features/usage/network/ReconcileDialog";
import "../features/usage/network/TestDialog";
import "./pages/MeterPage";
import "./pages/MetersPage";
import "./pages/NetworkElementsPage";
import "./pages/NetworkPage";
import "./pages/ServicePage";
import "./pages/SourcePage";
import "./pages/SourcesPage";
import { showAt } from "../test/render";
import { server } from "../test/setup";

/** The first page of a file brings the whole shell with it. */
const first = { timeout: 45_000 };

function sentTo(ending: string): { method: string; body: unknown }[] {
  const sent: { method: string; body: unknown }[] = [];
  server.events.on("request:start", async ({ request }) => {
    if (request.method !== "GET" && request.url.endsWith(ending)) sent.push({ method: request.method, body: await request.clone().json().catch(() => null) });
  });
  return sent;
}

test("lines that may have something else than they should come first, each with what the equipment said", async () => {
  showAt("/usage/network");
  const table = await screen.findByRole("table", { name: "Network state of lines" }, first);
  const row = await within(table).findByRole("row", { name: /sub-1/ });
  expect(row).toHaveTextContent(/Throttled.*Refused.*CoA-NAK/);
  expect(within(row).getAllByRole("link", { name: "sub-1" })[0]).toHaveAttribute("href", "/services/sub-1?view=network");
  expect(within(table).queryByText("Acknowledged")).toBeNull();
});

test("a service's page tells what its line should have and whether the network has it, and tells it again with a reason", async () => {
  const sent = sentTo("/access/repeat");
  const { user } = showAt("/services/sub-1?view=network");
  const said = await screen.findByText(/^The element refused: the line has what it had before/);
  const card = screen.getByRole("region", { name: "What the line should have" });
  expect(card).toContainElement(said);
  expect(card).toHaveTextContent("2 Mbit/s down, 500 kbit/s up");
  expect(await screen.findByRole("table", { name: "What it was to have before" })).toHaveTextContent("Disconnect-ACK");
  await user.click(within(card).getByRole("button", { name: "Tell again" }));
  await user.type(await screen.findByLabelText("Why it is told again"), "the OLT was exchanged");
  const drawer = screen.getByRole("dialog", { name: "Tell the network again" });
  await user.click(within(drawer).getByRole("button", { name: "Tell again" }));
  await waitFor(() => expect(sent).toEqual([{ method: "POST", body: { reason: "the OLT was exchanged" } }]));
  server.events.removeAllListeners();
});

test("a line that the network was never to be told of says so, and can't be told again", async () => {
  showAt("/services/sub-4?view=network");
  expect(await screen.findByText(/The network was never to be told anything of this line: it is as it logs in/)).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Tell again" })).toBeDisabled();
});

test("an element is tested without a change, and what accounting says otherwise is told once more", async () => {
  const { user } = showAt("/usage/network/elements");
  await user.click(await screen.findByRole("button", { name: "Actions for bng-1" }));
  await user.click(await screen.findByRole("button", { name: "Test" }));
  const test = await screen.findByRole("dialog", { name: "Test the element" });
  await user.click(within(test).getByRole("button", { name: "Test" }));
  expect(await within(test).findByText("It answers")).toBeInTheDocument();
  await user.click(within(test).getAllByRole("button", { name: "Close" }).at(-1)!);
  await user.click(screen.getByRole("button", { name: "Actions for bng-1" }));
  await user.click(await screen.findByRole("button", { name: "Compare with sessions" }));
  const dialog = await screen.findByRole("dialog", { name: "Compare bng-1 with the sessions" });
  await user.click(within(dialog).getByRole("button", { name: "Compare with sessions" }));
  expect(await within(dialog).findByText("1 line is told once more")).toBeInTheDocument();
  expect(within(dialog).getByRole("table", { name: "Blocked, and yet with a session" })).toHaveTextContent("sub-2");
});

test("an element is changed without its secret, which is never shown and stays", async () => {
  const sent = sentTo("/v1/network-elements/bng-1");
  const { user } = showAt("/usage/network/elements");
  await user.click(await screen.findByRole("button", { name: "Actions for bng-1" }));
  await user.click(await screen.findByRole("button", { name: "Change" }));
  expect(await screen.findByText(/A secret is set and never shown/)).toBeInTheDocument();
  const drawer = screen.getByRole("dialog", { name: "Change" });
  const address = within(drawer).getByRole("textbox", { name: "Address" });
  await user.clear(address);
  await user.type(address, "192.0.2.2:3799");
  await user.click(within(drawer).getByRole("button", { name: "Change" }));
  await waitFor(() => expect(sent).toEqual([{ method: "PUT", body: { driver: "radius_coa", address: "192.0.2.2:3799", vendor: "mikrotik" } }]));
  server.events.removeAllListeners();
});

test("a meter tells the plans that have a price for it, and its id is refused at its field when it is taken", async () => {
  const { user } = showAt("/usage/meters/data.octets");
  const plans = await screen.findByRole("table", { name: "Plans with a price for it" });
  expect(within(plans).getByRole("row", { name: /Fibre 300 In force/ })).toHaveTextContent("€0.50 per GB over 200 GB");
  expect(within(plans).queryByText("€29.90 per month")).toBeNull();
  await user.click(screen.getByRole("link", { name: "Meters", current: false }));
  await user.click(await screen.findByRole("button", { name: "Define a meter" }));
  await user.type(await screen.findByLabelText(/^Id, as records call it/), "sms.messages");
  const drawer = screen.getByRole("dialog", { name: "Define a meter" });
  await user.type(within(drawer).getByLabelText(/^Unit/), "message");
  await user.click(within(drawer).getByRole("button", { name: "Define a meter" }));
  expect(await within(drawer).findByText("meter sms.messages exists already; choose another id")).toBeInTheDocument();
});

test("a source's row and page tell how it does: silence, gaps, lateness, and a clock that is off", async () => {
  const { user } = showAt("/usage/sources");
  const table = await screen.findByRole("table", { name: "Sources" });
  expect(await within(table).findByRole("row", { name: /Lyon, OLT 9.*Silent/ })).toBeInTheDocument();
  const row = within(table).getByRole("row", { name: /probe-3/ });
  expect(row).toHaveTextContent(/212.*6 hrs.*41.23%.*90.5 secs ahead/);
  await user.click(within(row).getAllByRole("link", { name: /probe-3/ })[0]!);
  const health = await screen.findByRole("table", { name: "How it does, over the last 24 hours" });
  expect(within(health).getByRole("row", { name: /^Longest gap/ })).toHaveTextContent("6 hr");
  expect(screen.getByText("Nobody has said anything of this source: it only reports.")).toBeInTheDocument();
});
