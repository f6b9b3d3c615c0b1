import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
import "../ui/table/AntTable";
// Loaded before a test waits for them: a busy machine takes longer for it than a test waits.
import "../features/rating/outages/OutageDrawer";
import "./pages/NewReratingPage";
import "./pages/OutagePage";
import "./pages/OutagesPage";
import "./pages/ReratingPage";
import { showAt } from "../test/render";
import { server } from "../test/setup";

/** The first page of a file brings the whole shell with it. */
const first = { timeout: 45_000 };

/** What was sent to paths that end so: bodies, with the key and the version. */
function sentTo(ending: string) {
  const sent: { body: unknown; version: string | null }[] = [];
  server.events.on("request:start", async ({ request }) => {
    if (request.method === "POST" && request.url.endsWith(ending)) sent.push({ body: await request.clone().json().catch(() => null), version: request.headers.get("If-Match") });
  });
  return sent;
}

test("an outage says what it would give back to whom, and each line leads to its customer", async () => {
  const { user, place } = showAt("/outages/out-1");
  const results = await screen.findByRole("table", { name: "Results" }, first);
  expect(await within(results).findByRole("link", { name: "Brown & Sons" })).toHaveAttribute("href", "/customers/acc-0002");
  expect(results).toHaveTextContent(/3 hrs?, 20 mins?/);
  const side = screen.getByRole("complementary", { name: "Summary" });
  expect(within(side).getByText("€0.28")).toBeInTheDocument();
  await user.click(screen.getByRole("link", { name: "Not credited" }));
  expect(place.current).toBe("/outages/out-1?show=not_credited");
  expect(await screen.findByText("Shorter than the outage that is credited")).toBeInTheDocument();
});

test("credits are given only after they were confirmed, for the outage as it was read", async () => {
  const sent = sentTo("/confirm");
  const { user } = showAt("/outages/out-1");
  await user.click(await screen.findByRole("button", { name: "Credit the customers" }));
  const dialog = await screen.findByRole("dialog", { name: "Credit these customers?" });
  expect(sent).toEqual([]);
  expect(dialog).toHaveTextContent("€0.28");
  await user.click(within(dialog).getByRole("button", { name: "Credit the customers" }));
  expect(await screen.findByText("The credits are on the accounts")).toBeInTheDocument();
  server.events.removeAllListeners();
  expect(sent).toEqual([{ body: null, version: "2" }]);
});

test("an outage is recorded by the clock that times are shown by, for those who have a plan, and its page opens", async () => {
  const sent = sentTo("/v1/outages");
  const { user, place } = showAt("/outages?create=1");
  const from = await screen.findByLabelText(/^From/);
  const drawer = screen.getByRole("dialog", { name: "Record an outage" });
  await user.type(from, "2026-09-12T08:00");
  await user.type(within(drawer).getByLabelText(/^To/), "2026-09-12T11:20");
  await user.click(within(drawer).getByRole("combobox", { name: "Everybody with a plan" }));
  await user.click(await within(drawer).findByRole("option", { name: /Fibre 300/ }));
  await user.type(within(drawer).getByRole("textbox", { name: /^Reason/ }), "Backbone down");
  await user.click(within(drawer).getByRole("button", { name: "See what it gives back" }));
  await waitFor(() => expect(place.current).toBe("/outages/out-1"));
  server.events.removeAllListeners();
  expect(sent.map(({ body }) => body)).toEqual([{ from: "2026-09-12T08:00:00Z", to: "2026-09-12T11:20:00Z", plan_id: "fibre-300", policy: { share: "actual" }, reason: "Backbone down" }]);
});

test("an outage of some customers names them, and another way of saying whom drops them", async () => {
  const sent = sentTo("/v1/outages");
  const { user } = showAt("/outages?create=1");
  await user.type(await screen.findByLabelText(/^From/), "2026-09-12T08:00");
  const drawer = screen.getByRole("dialog", { name: "Record an outage" });
  await user.type(within(drawer).getByLabelText(/^To/), "2026-09-12T11:20");
  await user.click(within(drawer).getByRole("radio", { name: "Some subscriptions" }));
  await user.click(within(drawer).getByRole("radio", { name: "Some customers" }));
  await user.click(within(drawer).getByRole("combobox", { name: "Some customers" }));
  await user.click(await within(drawer).findByRole("option", { name: /Ada Lovelace/ }));
  expect(await within(drawer).findByRole("button", { name: "Take acc-0001 away" })).toBeInTheDocument();
  await user.type(within(drawer).getByRole("textbox", { name: /^Reason/ }), "A cable was cut");
  server.use(http.post("*/v1/outages", () => HttpResponse.json({ title: "Refused", status: 422, detail: "it ends before it begins", errors: [{ pointer: "/to", code: "invalid_period", detail: "it ends before it begins" }] }, { status: 422 })));
  await user.click(within(drawer).getByRole("button", { name: "See what it gives back" }));
  await waitFor(() => expect(within(drawer).getByLabelText(/^To/)).toHaveAccessibleDescription("it ends before it begins"));
  server.events.removeAllListeners();
  expect(sent.map(({ body }) => (body as { account_ids: string[] }).account_ids)).toEqual([["acc-0001"]]);
});

test("outages are listed with what they give back, those to confirm in a tab of their own", async () => {
  showAt("/outages");
  expect(await screen.findByText("1 outage")).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "Backbone down" })).toHaveAttribute("href", "/outages/out-1");
  expect(await screen.findByRole("link", { name: "To confirm 1" })).toBeInTheDocument();
});

test("a rerating is a dry run first, with every price of the version in its place", async () => {
  const sent = sentTo("/v1/reratings");
  const { user, place } = showAt("/reratings/new?plan=fibre-300");
  const first = await screen.findByRole("group", { name: "Price 1" });
  await user.type(screen.getByLabelText("Periods that begin on or after"), "2026-09-01");
  await user.type(screen.getByLabelText("and before"), "2026-11-01");
  await user.type(screen.getByRole("textbox", { name: /^Reason/ }), "The fee was too high");
  const amount = within(first).getByRole("textbox", { name: "Amount" });
  await user.clear(amount);
  await user.type(amount, "24.90");
  await user.click(screen.getByRole("button", { name: "Dry run" }));
  await waitFor(() => expect(place.current).toBe("/reratings/rr-1"));
  server.events.removeAllListeners();
  const body = sent[0]?.body as { prices: { model: string; amount?: string }[]; dry_run: boolean; version: number; from: string };
  expect([body.version, body.dry_run, body.from]).toEqual([2, true, "2026-09-01"]);
  expect(body.prices.map(({ model, amount: now }) => [model, now])).toEqual([["flat", "24.90"], ["graduated", undefined]]);
});

test("what a rerating changes is told by customer with its direction in a word, and confirmed by its totals", async () => {
  const { user } = showAt("/reratings/rr-1");
  const results = await screen.findByRole("table", { name: "Results" });
  expect(await within(results).findByRole("row", { name: /Brown & Sons.*−€5.00 ?pays less/ })).toBeInTheDocument();
  expect(within(results).getByRole("row", { name: /Ada Lovelace.*€2.00 ?pays more/ })).toBeInTheDocument();
  await user.click(screen.getByRole("link", { name: "Not computable" }));
  expect(await screen.findByText("Over 1,000 lines: take a shorter range")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Put it on the accounts" }));
  const dialog = await screen.findByRole("dialog", { name: "Put these differences on the accounts?" });
  expect(dialog).toHaveTextContent("−€3.00");
  await user.click(within(dialog).getByRole("button", { name: "Put it on the accounts" }));
  expect(await screen.findByText("The differences are on the accounts")).toBeInTheDocument();
});

test("of many credits their number must be typed before they are given", async () => {
  const outage = { id: "out-9", status: "previewed", start: "2026-09-12T08:00:00Z", end: "2026-09-12T09:00:00Z", policy: { share: "percent", percent: "10", minimum_minutes: 0 }, subscription_ids: null, account_ids: null, plan_id: "fibre-300", reason: "A big one", accounts: 300, credited: 300, not_credited: 0, totals: [{ currency: "EUR", amount: "900.00" }, { currency: "GBP", amount: "3.00" }], recorded_at: "2026-11-23T08:00:00Z", recorded_by: null, confirmed_at: null, confirmed_by: null, finished_at: null, version: 2, allowed_actions: [{ action: "confirm", allowed: true, reason: null }] };
  server.use(http.get("*/v1/outages/out-9", () => HttpResponse.json(outage)));
  const { user } = showAt("/outages/out-9");
  await user.click(await screen.findByRole("button", { name: "Credit the customers" }));
  const dialog = await screen.findByRole("dialog", { name: "Credit these customers?" });
  const give = within(dialog).getByRole("button", { name: "Credit the customers" });
  expect(give).toBeDisabled();
  await user.type(within(dialog).getByRole("textbox"), "300");
  expect(give).toBeEnabled();
  expect(dialog).toHaveTextContent("€900.00£3.00");
});
