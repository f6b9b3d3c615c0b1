import { screen, waitFor, within } from "@testing-library/react";
import { http } from "msw";
import { expect, test } from "vitest";
import { answer } from "../../mock/answers";
// A busy machine may take longer to read a page's code than a test waits.
import "../api/bodies.json";
import "../features/rating/holidays/dialogs";
import "../features/rating/migrations/MigrationDrawer";
import "../features/rating/migrations/MigrationPanel";
import "../features/rating/profiles/dialogs";
import "../features/rating/rateTables/ImportDrawer";
import "../ui/table/AntTable";
import "./pages/BandwidthProfilesPage";
import "./pages/HolidaysPage";
import "./pages/PlanPage";
import "./pages/RateTablePage";
import "./pages/WhatIfPage";
import "./Shell";
import { showAt } from "../test/render";
import { server } from "../test/setup";

interface Sent {
  method: string;
  path: string;
  body: Record<string, unknown>;
  version: string | null;
}

/** What is written to paths below this one. */
function sentTo(start: string) {
  const sent: Sent[] = [];
  server.use(http.all(`*/v1/${start}*`, async ({ request }) => {
    const { pathname, search } = new URL(request.url);
    const text = await request.clone().text();
    if (request.method !== "GET") sent.push({ method: request.method, path: `${pathname}${search}`, body: text ? (JSON.parse(text) as Record<string, unknown>) : {}, version: request.headers.get("If-Match") });
    const signed = new Request(request);
    signed.headers.set("Cookie", "session=demo");
    return answer(signed);
  }));
  return sent;
}

test("bandwidth profiles say their speed as people do, and lead to the plans that give them", async () => {
  showAt("/plans/bandwidth-profiles");
  expect(await screen.findByText("300 Mb/s")).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "1" })).toHaveAttribute("href", "/plans?status=all&bandwidth_profile_id=f300");
  expect(within(screen.getByRole("navigation", { name: "What is sold" })).getByRole("link", { name: "Bandwidth profiles" })).toHaveAttribute("aria-current", "page");
});

test("a profile is made in kbit/s, said beside it in Mbit/s, and one that a plan gives can't be deleted and says why", async () => {
  const sent = sentTo("bandwidth-profiles");
  const { user } = showAt("/plans/bandwidth-profiles?create=1");
  // The drawer is another one once it knows its fields.
  const name = await screen.findByRole("textbox", { name: "Name" });
  const drawer = screen.getByRole("dialog", { name: "New profile" });
  await user.type(name, "Fibre 1000");
  await user.type(within(drawer).getByRole("textbox", { name: "Down, in kbit/s" }), "1000000");
  await user.type(within(drawer).getByRole("textbox", { name: "Up, in kbit/s" }), "200000");
  expect(within(drawer).getByText("Down 1 Gb/s, up 200 Mb/s")).toBeInTheDocument();
  await user.click(within(drawer).getByRole("button", { name: "New profile" }));
  await waitFor(() => expect(sent.map(({ body }) => body)).toEqual([{ name: "Fibre 1000", down_kbps: 1_000_000, up_kbps: 200_000 }]));
  await user.click(await screen.findByRole("button", { name: "Actions for Fibre 300/100" }));
  expect(screen.getByRole("button", { name: /^Delete/ })).toBeDisabled();
  expect(screen.getByText("1 plan gives it")).toBeInTheDocument();
});

test("the days of a calendar are added and taken away one by one, and are sent in their order for the version that was read", async () => {
  const sent = sentTo("holidays");
  const { user } = showAt("/plans/holidays");
  await user.click(await screen.findByRole("button", { name: "Actions for France" }));
  await user.click(screen.getByRole("button", { name: "Change the days" }));
  await user.click(await screen.findByRole("button", { name: /Remove 11 Nov 2026|Remove Nov 11, 2026/ }));
  const drawer = screen.getByRole("dialog", { name: "Change the days" });
  await user.type(within(drawer).getByLabelText("Day to add"), "2026-12-26");
  await user.click(within(drawer).getByRole("button", { name: "Add the day" }));
  await user.click(within(drawer).getByRole("button", { name: "Change the days" }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ method: "PUT", path: "/v1/holidays/fr", version: "2", body: { name: "France", dates: ["2026-12-25", "2026-12-26", "2027-01-01"] } });
});

test("a rate table shows the rates in force page by page, by the beginning of the prefix", async () => {
  const { user, place } = showAt("/plans/rate-tables/world?size=50");
  const table = await screen.findByRole("table", { name: "Rates of version 1" });
  expect(within(table).getByRole("row", { name: /^33 France Mon Tue Wed Thu Fri 08:00–20:00 ?€0.12 per minute, by 60\/1 s/ })).toBeInTheDocument();
  expect(screen.getByText("1–50 of 120")).toBeInTheDocument();
  await user.type(screen.getByRole("searchbox", { name: "Prefix begins with" }), "336");
  expect(await screen.findByText("1–1 of 1")).toBeInTheDocument();
  expect(place.current).toContain("prefix=336");
});

test("a file of rates is compared before it is stored, and is published with its day", async () => {
  const sent = sentTo("rate-tables");
  const { user } = showAt("/plans/rate-tables/world");
  await user.click(await screen.findByRole("button", { name: "Import rates" }));
  const drawer = await screen.findByRole("dialog", { name: "Import rates into World 2026" });
  const file = new File(["prefix,unit_price\n49,0.09\n"], "rates.csv", { type: "text/csv" });
  await user.upload(within(drawer).getByLabelText("File of rates (CSV)"), file);
  await user.type(within(drawer).getByLabelText(/In force from/), "2026-12-01");
  await user.click(within(drawer).getByRole("button", { name: "See what follows" }));
  const changes = await within(drawer).findByRole("table", { name: "What changes" });
  expect(within(changes).getByRole("row", { name: /336 France mobile Raised €0.15 per minute €0.18 per minute.*20/ })).toBeInTheDocument();
  await user.click(within(drawer).getByRole("button", { name: "Import and publish" }));
  await waitFor(() => expect(sent.map(({ path, body }) => [path, body["csv"]])).toEqual([
    ["/v1/rate-tables/world/versions?preview=true&page=1&limit=50", "prefix,unit_price\n49,0.09\n"],
    ["/v1/rate-tables/world/versions?effective_from=2026-12-01", "prefix,unit_price\n49,0.09\n"],
  ]));
});

test("what is wrong in a file of rates is told by its line and column, and nothing is stored", async () => {
  const sent = sentTo("rate-tables");
  const { user } = showAt("/plans/rate-tables/world");
  await user.click(await screen.findByRole("button", { name: "Import rates" }));
  const drawer = await screen.findByRole("dialog", { name: "Import rates into World 2026" });
  await user.type(within(drawer).getByRole("textbox", { name: "or the text of it" }), "prefix,unit_price\n33,0.1\n49,dear");
  await user.click(within(drawer).getByRole("button", { name: "See what follows" }));
  expect(await within(drawer).findByRole("alert")).toHaveTextContent('Line 3, unit_price: "dear" is no decimal number.');
  expect(within(drawer).queryByRole("button", { name: "Keep as a draft" })).toBeNull();
  expect(sent).toHaveLength(1);
});

test("moving customers shows each next bill before it is scheduled, with who can't be moved and why", async () => {
  const sent = sentTo("plans/fibre-300/migrations");
  const { user, place } = showAt("/plans/fibre-300?view=migrations");
  await user.click(await screen.findByRole("button", { name: "Move customers" }));
  const drawer = await screen.findByRole("dialog", { name: "Move customers" });
  await user.selectOptions(within(drawer).getByRole("combobox", { name: "In the version" }), "Version 2");
  await user.selectOptions(within(drawer).getByRole("combobox", { name: "Only who is on version" }), "Version 1");
  await user.type(within(drawer).getByLabelText("On the day"), "2026-12-01");
  await user.click(within(drawer).getByRole("button", { name: "See what follows" }));
  const bills = await within(drawer).findByRole("table", { name: "The next bill of each" });
  expect(within(bills).getByRole("row", { name: /€24.90 €29.90 €5.00/ })).toBeInTheDocument();
  expect(await within(bills).findByRole("link", { name: "Ada Lovelace" })).toHaveAttribute("href", "/customers/acc-0001");
  expect(within(bills).getByText("The subscription ended on 2026-10-01.")).toBeInTheDocument();
  expect(within(bills).getByRole("row", { name: "Difference of all that is shown €3.70" })).toBeInTheDocument();
  await user.click(within(drawer).getByRole("button", { name: "Schedule the move" }));
  await waitFor(() => expect(place.current).toContain("migration=mig-1"));
  const asked = { from_plan_id: "fibre-300", from_version: 1, to_plan_id: "fibre-300", to_version: 2, on: "2026-12-01" };
  expect(sent.map(({ body }) => body)).toEqual([{ ...asked, preview: true }, { ...asked, preview: false }]);
});

test("a move says what came of it at each customer and can be taken back", async () => {
  const sent = sentTo("plans/fibre-300/migrations");
  const { user } = showAt("/plans/fibre-300?view=migrations&migration=mig-1");
  const panel = await screen.findByRole("dialog", { name: "Move of customers" });
  expect(await within(panel).findByText("The subscription ended on 2026-10-01.")).toBeInTheDocument();
  await user.click(within(panel).getByRole("link", { name: "Moved" }));
  await waitFor(() => expect(within(panel).queryByText("The subscription ended on 2026-10-01.")).toBeNull());
  await user.click(within(panel).getByRole("button", { name: "Take the move back" }));
  await user.click(within(await screen.findByRole("dialog", { name: "Take this move back?" })).getByRole("button", { name: "Take the move back" }));
  await waitFor(() => expect(sent.map(({ path }) => path)).toEqual(["/v1/plans/fibre-300/migrations/mig-1/cancel"]));
});

test("what if: a version beside what was charged, with who would pay more, each leading to its customer", async () => {
  const sent = sentTo("proof/what-if");
  const { user } = showAt("/proof/what-if?plan=fibre-300&version=2&from=2026-08&to=2026-10");
  await screen.findByRole("option", { name: "Version 2" });
  await user.click(await screen.findByRole("button", { name: "Compare" }));
  const losers = await screen.findByRole("table", { name: "Who would pay more, the largest differences" });
  expect(await within(losers).findByRole("link", { name: "Ada Lovelace" })).toHaveAttribute("href", "/customers/acc-0001");
  expect(screen.getByText("+4.4%")).toBeInTheDocument();
  expect(screen.getByText(/the candidate prices single records/, { selector: "li" })).toBeInTheDocument();
  expect(sent.map(({ body }) => body)).toEqual([{ plan_id: "fibre-300", version: 2, from: "2026-08-01", to: "2026-11-01", limit: 50 }]);
});
