import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
import { answer } from "../../mock/answers";
import "../ui/table/AntTable";
import "./pages/PlanEditorPage";
import "./pages/PlansPage";
import { showAt } from "../test/render";
import { server } from "../test/setup";

/** What is sent to paths that end so, with the version it is for. */
function sentTo(end: string) {
  const sent: { body: Record<string, unknown>; version: string | null }[] = [];
  server.use(http.all("*/v1/plans*", async ({ request }) => {
    const { pathname } = new URL(request.url);
    if (request.method !== "GET" && pathname.endsWith(end)) sent.push({ body: (await request.clone().json()) as Record<string, unknown>, version: request.headers.get("If-Match") });
    const signed = new Request(request);
    signed.headers.set("Cookie", "session=demo");
    return answer(signed);
  }));
  return sent;
}

test("plans are listed with what they cost in a sentence, and those on sale come first", async () => {
  showAt("/plans");
  expect(await screen.findByText("1 plan")).toBeInTheDocument();
  expect(screen.getByText("€29.90 a month, billed in advance")).toBeInTheDocument();
  expect(screen.getByText("up to 200 GB: free; over 200 GB: €0.50 per GB")).toBeInTheDocument();
  expect(await screen.findByRole("link", { name: "Drafts 1" })).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "Fibre 300" })).toHaveAttribute("href", "/plans/fibre-300");
});

test("at 350 GB the plan's page says what the customer pays, as the price engine reckons", async () => {
  const { user } = showAt("/plans/fibre-300");
  await user.type(await screen.findByRole("textbox", { name: "Data volume, in GB" }), "350");
  expect(await screen.findByText("At 350 GB this customer pays €104.90")).toBeInTheDocument();
});

test("the versions and what differs between two of them are a tab of the URL", async () => {
  showAt("/plans/fibre-300?view=versions&from=1&to=2");
  const fields = await screen.findByRole("table", { name: "Fields that differ" });
  expect(within(fields).getByRole("row", { name: /Amount €24.90 €29.90/ })).toBeInTheDocument();
  expect(screen.getByText("1 price is the same")).toBeInTheDocument();
});

test("what can't be done with a plan says why", async () => {
  showAt("/plans/fibre-300");
  expect(await screen.findByRole("button", { name: "Take the publication back" })).toHaveAccessibleDescription("it is in force from 2026-07-01, which has begun");
  expect(screen.queryByRole("button", { name: "Publish" })).toBeNull();
});

test("publishing shows who is affected, sends the draft that was read, and a day in the past is refused at its field", async () => {
  const sent = sentTo("/publish");
  const { user } = showAt("/plans/fibre-new");
  await user.click(await screen.findByRole("button", { name: "Publish" }));
  const day = await screen.findByLabelText("In force from");
  const drawer = screen.getByRole("dialog", { name: "Publish" });
  expect(await within(drawer).findByText(/customers have it, among them/)).toBeInTheDocument();
  expect(within(drawer).getByText("nobody has defined the meter data.octets")).toBeInTheDocument();
  await user.type(day, "2026-01-01");
  await user.click(within(drawer).getByRole("button", { name: "Publish" }));
  await waitFor(() => expect(day).toHaveAccessibleDescription("A later version begins today or later."));
  expect(sent).toEqual([{ body: { effective_from: "2026-01-01", revision: 4 }, version: "1" }]);
});

test("a new plan: prices of the API's own models, tiers that leave no gap, and a live total", async () => {
  const sent = sentTo("/v1/plans");
  const { user, place } = showAt("/plans/new");
  await user.type(await screen.findByRole("textbox", { name: "Name" }), "Fibre start");
  await user.click(screen.getByRole("button", { name: "Continue" }));
  await waitFor(() => expect(place.current).toBe("/plans/new?step=prices"));
  await user.click(screen.getByRole("button", { name: "Add a price" }));
  await user.type(screen.getByRole("textbox", { name: "Amount" }), "19,90");
  await user.click(screen.getByRole("button", { name: "Add a price" }));
  const usage = screen.getByRole("group", { name: "Price 2" });
  const model = within(usage).getByRole("combobox", { name: "How it is reckoned" });
  expect(within(model).getAllByRole("option").length).toBeGreaterThan(3);
  await user.selectOptions(model, "Per unit");
  await user.type(within(usage).getByRole("textbox", { name: "Unit price" }), "0.05");
  const simulator = screen.getByRole("region", { name: "What it comes to" });
  expect(await within(simulator).findByText(/this customer pays|This customer pays/i)).toBeInTheDocument();
  await user.selectOptions(model, "Tiers, each for its own units");
  await user.click(within(usage).getByRole("button", { name: "Add a tier" }));
  await user.click(within(usage).getByRole("button", { name: "Add a tier" }));
  await user.type(within(usage).getByRole("textbox", { name: "Unit price, tier 1" }), "0");
  expect(await within(usage).findByText("Tier 1: Each tier but the last needs its bound: there is a gap")).toBeInTheDocument();
  await user.type(within(usage).getByRole("textbox", { name: "Up to, tier 1" }), "200");
  await user.type(within(usage).getByRole("textbox", { name: "Unit price, tier 2" }), "0.5");
  expect(within(usage).queryByRole("alert")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Continue" }));
  await user.click(await screen.findByRole("button", { name: "Save the draft" }));
  await waitFor(() => expect(place.current).toBe("/plans/fibre-new"));
  expect(await screen.findByText("The draft was saved")).toBeInTheDocument();
  expect(sent[0]?.body).toMatchObject({
    name: "Fibre start", currency: "EUR",
    prices: [{ model: "flat", amount: "19.90" }, { model: "graduated", tiers: [{ up_to: "200", unit_price: "0" }, { up_to: null, unit_price: "0.5" }] }],
  });
});

test("the next version begins with the prices of the one before, and what is not changed is sent as it was", async () => {
  const sent = sentTo("/versions");
  const { user } = showAt("/plans/fibre-300/next?step=review");
  await user.click(await screen.findByRole("button", { name: "Save the draft" }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]?.version).toBe("2");
  expect(sent[0]?.body["prices"]).toEqual([
    { model: "flat", amount: "29.90", bill: "advance", proration: "actual", rounding: "half_up", interval: "month" },
    { model: "graduated", meter: "data.octets", rounding: "half_up", tiers: [{ up_to: "200000000000", unit_price: "0" }, { up_to: null, unit_price: "0.50", unit_size: "1000000000" }] },
  ]);
});

test("what the server refuses of a price opens its step and stands at its field; a draft changed meanwhile is shown first", async () => {
  const versions: (string | null)[] = [];
  const refusals = [
    HttpResponse.json({ title: "Refused", status: 422, errors: [{ pointer: "/prices/1/tiers/0/up_to", code: "tiers", detail: "Tiers must rise." }] }, { status: 422 }),
    HttpResponse.json({ title: "It has changed", status: 412, errors: [] }, { status: 412 }),
  ];
  server.use(http.put("*/v1/plans/fibre-new/versions/1", ({ request }) => {
    versions.push(request.headers.get("If-Match"));
    return refusals.shift() ?? HttpResponse.json({ id: "fibre-new" });
  }));
  const { user, place } = showAt("/plans/fibre-new/edit?step=review");
  await user.click(await screen.findByRole("button", { name: "Save the draft" }));
  await waitFor(() => expect(place.current).toBe("/plans/fibre-new/edit?step=prices"));
  const usage = screen.getByRole("group", { name: "Price 2" });
  expect(within(usage).getByRole("alert")).toHaveTextContent("Tiers must rise.");
  await user.click(screen.getByRole("link", { name: "Review" }));
  await user.click(screen.getByRole("button", { name: "Save the draft" }));
  expect(await screen.findByText(/This has changed since you read it/)).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: /Save the draft/ }));
  await waitFor(() => expect(place.current).toBe("/plans/fibre-new"));
  expect(versions).toEqual(["4", "4", "4"]);
});

test("bounds are written in GB and sent as octets, and another unit keeps what is written", async () => {
  const sent = sentTo("/versions");
  const { user } = showAt("/plans/fibre-300/next?step=prices");
  const usage = await screen.findByRole("group", { name: "Price 2" });
  const bound = within(usage).getByRole("textbox", { name: "Up to (GB), tier 1" });
  expect(bound).toHaveValue("200");
  expect(within(usage).getByRole("textbox", { name: "Per started (GB), tier 2" })).toHaveValue("1");
  await user.clear(bound);
  await user.type(bound, "0,5");
  const units = within(usage).getByRole("combobox", { name: "Quantities in" });
  await user.selectOptions(units, "MB");
  expect(within(usage).getByRole("textbox", { name: "Up to (MB), tier 1" })).toHaveValue("500");
  await user.click(within(usage).getByRole("button", { name: "Add a tier" }));
  expect(within(usage).getByRole("textbox", { name: "Per started (MB), tier 2" })).toHaveValue("1");
  await user.type(within(usage).getByRole("textbox", { name: "Up to (MB), tier 2" }), "400");
  expect(within(usage).getByRole("textbox", { name: "Up to (MB), tier 2" })).toHaveAccessibleDescription(/the tiers overlap/);
  await user.clear(within(usage).getByRole("textbox", { name: "Up to (MB), tier 2" }));
  await user.type(within(usage).getByRole("textbox", { name: "Up to (MB), tier 2" }), "1000");
  await user.type(within(usage).getByRole("textbox", { name: "Unit price, tier 2" }), "0.01");
  await user.click(screen.getByRole("link", { name: "Review" }));
  await user.click(await screen.findByRole("button", { name: "Save the draft" }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect((sent[0]?.body["prices"] as { tiers: unknown }[])[1]?.tiers).toEqual([
    { up_to: "500000000", unit_price: "0" }, { up_to: "1000000000", unit_price: "0.01", unit_size: "1000000" }, { up_to: null, unit_price: "0.50", unit_size: "1000000000" },
  ]);
});

test("service and bandwidth profile are chosen by name", async () => {
  showAt("/plans/fibre-300/next");
  await waitFor(() => expect(screen.getByRole("combobox", { name: /Bandwidth profile/ })).toHaveValue("Fibre 300/100"));
  await waitFor(() => expect(screen.getByRole("combobox", { name: /Service of the catalogue/ })).toHaveValue("Internet access"));
});

test("an allowance is written in GB and sent as octets; another one is taken away, and who shares it is said", async () => {
  const sent = sentTo("/versions");
  const { user } = showAt("/plans/fibre-300/next?step=prices");
  await user.click(await screen.findByRole("button", { name: "Add an allowance" }));
  await user.click(screen.getByRole("button", { name: "Add an allowance" }));
  await user.click(screen.getByRole("button", { name: "Remove allowance 2" }));
  const allowance = screen.getByRole("group", { name: "Allowance 1" });
  await user.type(within(allowance).getByRole("textbox", { name: "Id" }), "data");
  await user.type(within(allowance).getByRole("combobox", { name: /^Meter/ }), "data");
  await user.click(await within(allowance).findByRole("option", { name: /data.octets/ }));
  await user.type(within(allowance).getByRole("textbox", { name: "Included in each period (GB)" }), "0,5");
  await user.type(within(allowance).getByRole("textbox", { name: /^What is left stays/ }), "1");
  await user.selectOptions(within(allowance).getByRole("combobox", { name: "Who shares it" }), "All subscriptions of the customer to this plan");
  await user.click(screen.getByRole("link", { name: "Review" }));
  await user.click(await screen.findByRole("button", { name: "Save the draft" }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]?.body["allowances"]).toEqual([{ id: "data", meter: "data.octets", quantity: "500000000", priority: 0, validity: "period", rollover: { periods: 1 }, shared: true }]);
});

test("a plan is compared with another one, whose versions are then to choose from", async () => {
  const asked: URLSearchParams[] = [];
  server.events.on("request:start", ({ request }) => {
    if (request.url.includes("/compare")) asked.push(new URL(request.url).searchParams);
  });
  const { user, place } = showAt("/plans/fibre-300?view=versions");
  await user.type(await screen.findByRole("combobox", { name: "Compare with" }), "start");
  await user.click(await screen.findByRole("option", { name: /Fibre start/ }));
  await waitFor(() => expect(place.current).toContain("with=fibre-new"));
  expect(await screen.findByRole("combobox", { name: "Version of Fibre start" })).toHaveValue("1");
  expect(await screen.findByRole("table", { name: "Fields that differ" })).toBeInTheDocument();
  expect(Object.fromEntries(asked.at(-1)!)).toEqual({ from: "2", to: "1", with: "fibre-new" });
  await user.click(screen.getByRole("button", { name: "Versions of this plan only" }));
  await waitFor(() => expect(place.current).not.toContain("with="));
  server.events.removeAllListeners();
});
