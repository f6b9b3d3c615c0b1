import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test, vi } from "vitest";
import "../ui/table/AntTable";
import { showAt } from "../test/render";
import { server } from "../test/setup";

const plans = () => server.use(http.get("*/v1/plans", () => HttpResponse.json({ items: [{ id: "fibre-1000", name: "Fibre 1000" }, { id: "voice-metered", name: "Voice" }], total: 2 })));

test("subscriptions are listed by state with the names of customer and plan, and the list leads to both and to the catalogue", async () => {
  showAt("/services");
  expect(await screen.findByText("4 subscriptions")).toBeInTheDocument();
  expect(await screen.findByRole("link", { name: "Suspended or paused 1" })).toBeInTheDocument();
  expect(await screen.findByRole("link", { name: "Brown & Sons" })).toHaveAttribute("href", "/customers/acc-0002");
  expect(screen.getAllByRole("link", { name: "Fibre 300" })[0]).toHaveAttribute("href", "/plans/fibre-300");
  expect(screen.getAllByText("fibre-300")[0]).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "Service catalogue" })).toHaveAttribute("href", "/services/catalogue");
});

test("what is not possible is disabled with its reason, and of resting and resuming one is offered", async () => {
  const { user } = showAt("/services?status=all");
  await user.click(await screen.findByRole("button", { name: "Actions for sub-5" }));
  const menu = within(screen.getByRole("group", { name: "Actions for sub-5" }));
  expect(menu.getByRole("button", { name: /^Change the plan/ })).toBeDisabled();
  expect(menu.getByRole("button", { name: /^Change the plan/ })).toHaveTextContent("It has ended");
  await user.click(screen.getByRole("button", { name: "Actions for sub-6" }));
  const resting = within(screen.getByRole("group", { name: "Actions for sub-6" }));
  expect(resting.getByRole("button", { name: "Resume" })).toBeEnabled();
  expect(resting.queryByRole("button", { name: "Suspend" })).toBeNull();
});

test("a change of plan shows the bill with it and without it before it is sent, for the version that was seen", async () => {
  plans();
  const broughtIntoSight = vi.spyOn(Element.prototype, "scrollIntoView");
  const sent: [unknown, string | null][] = [];
  server.events.on("request:start", async ({ request }) => {
    if (request.url.endsWith("/change-plan")) sent.push([await request.clone().json(), request.headers.get("If-Match")]);
  });
  const { user } = showAt("/services/sub-1");
  await user.click(await screen.findByRole("button", { name: "Change the plan" }));
  const plan = await screen.findByRole("combobox", { name: "Plan" });
  const drawer = screen.getByRole("dialog", { name: "Change the plan" });
  await user.click(plan);
  await user.click(await within(drawer).findByRole("option", { name: /Fibre 1000/ }));
  await user.click(within(drawer).getByRole("button", { name: "See what follows" }));
  expect(await within(drawer).findByText("8 of 30 days of Fibre 1000")).toBeInTheDocument();
  expect(within(drawer).getByText("€5.33")).toBeInTheDocument();
  expect(broughtIntoSight.mock.contexts).toEqual([within(drawer).getByRole("region", { name: "See what follows" })]);
  await user.click(within(drawer).getByRole("button", { name: "Change the plan" }));
  expect(await screen.findByText("The plan was changed")).toBeInTheDocument();
  server.events.removeAllListeners();
  expect(sent).toEqual([[{ plan_id: "fibre-1000", quantity: 1, preview: true }, null], [{ plan_id: "fibre-1000", quantity: 1, preview: false }, "2"]]);
});

test("what a preview refuses stands at its field, and nothing can be sent", async () => {
  plans();
  const { user } = showAt("/services/sub-1");
  await user.click(await screen.findByRole("button", { name: "Change the plan" }));
  const plan = await screen.findByRole("combobox", { name: "Plan" });
  const drawer = screen.getByRole("dialog", { name: "Change the plan" });
  await user.click(plan);
  await user.click(await within(drawer).findByRole("option", { name: /Voice/ }));
  await user.click(within(drawer).getByRole("button", { name: "See what follows" }));
  await waitFor(() => expect(plan).toHaveAccessibleDescription("The plan is in GBP, the account in EUR."));
  expect(within(drawer).queryByRole("button", { name: "Change the plan" })).toBeNull();
});

test("a contract says what leaving today costs, and how that is reckoned", async () => {
  showAt("/services/sub-1");
  const contract = await screen.findByRole("region", { name: "Contract" });
  expect(await within(contract).findByText("€74.70")).toBeInTheDocument();
  expect(contract).toHaveTextContent("50 % of €29.88 × 5 months");
});

test("a scheduled change is told and can be taken back", async () => {
  const { user } = showAt("/services/sub-1");
  const scheduled = await screen.findByRole("region", { name: "Scheduled changes" });
  expect(scheduled).toHaveTextContent("1 Jan 2027");
  await user.click(within(scheduled).getByRole("button", { name: "Cancel this change" }));
  expect(await screen.findByText("The scheduled change was cancelled")).toBeInTheDocument();
});

test("the catalogue says which plans sell a service, which is why it can't be deleted", async () => {
  const { user } = showAt("/services/catalogue");
  await user.click(await screen.findByRole("button", { name: "Actions for Internet access" }));
  expect(screen.getByRole("button", { name: /^Delete/ })).toHaveTextContent("1 plan sells it");
  await user.click(screen.getByRole("button", { name: "New service" }));
  await user.type(await screen.findByRole("textbox", { name: "Name" }), "Telephony");
  const drawer = screen.getByRole("dialog", { name: "New service" });
  await user.selectOptions(within(drawer).getByRole("combobox", { name: "Kind" }), "Voice");
  await user.click(within(drawer).getByRole("button", { name: "New service" }));
  expect(await screen.findByText("The service is in the catalogue")).toBeInTheDocument();
});
