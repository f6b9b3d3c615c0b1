import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
import "../ui/table/AntTable";
import { showAt } from "../test/render";
import { server } from "../test/setup";

test("the list says how often each cycle begins and leads to its panel, which the URL holds", async () => {
  const { user, place } = showAt("/cycles");
  expect(await screen.findByText("Every month on day 31")).toBeInTheDocument();
  expect(screen.getByText("Every quarter from February, on day 15")).toBeInTheDocument();
  expect(document.title).toBe("Billing Cycles · Meterlog");
  await user.click(screen.getByRole("link", { name: "Month’s end" }));
  await waitFor(() => expect(place.current).toBe("/cycles?cycle=monthly-31"));
  expect(await screen.findByRole("dialog", { name: "Month’s end" })).toBeInTheDocument();
});

test("r10: the next six periods are told, with what an anchor of 31 means in short months", async () => {
  showAt("/cycles?cycle=monthly-31");
  const panel = await screen.findByRole("dialog", { name: "Month’s end" });
  const periods = await within(panel).findByRole("list", { name: "The next six periods" });
  const told = within(periods).getAllByRole("listitem").map((item) => item.textContent.replace(/\u2009/g, " "));
  expect(told).toHaveLength(6);
  expect(told.slice(0, 3)).toEqual(["31 Dec 2026 – 30 Jan 2027", "31 Jan – 27 Feb 2027", "28 Feb – 30 Mar 2027"]);
  expect(within(panel).getByText(/A month without a day 31 begins its period on its last day/)).toBeInTheDocument();
  expect(within(panel).getAllByRole("table").map((month) => within(month).getByText(/20\d\d/).textContent)).toEqual(["December 2026", "January 2027", "February 2027"]);
});

test("a new cycle shows its periods while it is written, and what is refused stands at its field", async () => {
  const { user } = showAt("/cycles?create=1");
  const name = await screen.findByRole("textbox", { name: "Name" });
  const drawer = screen.getByRole("dialog", { name: "New cycle" });
  await user.type(name, "Mid-month");
  const day = within(drawer).getByRole("textbox", { name: /^Day of the month/ });
  await user.clear(day);
  await user.type(day, "15");
  const zone = within(drawer).getByRole("combobox", { name: "Time zone" });
  await user.clear(zone);
  await user.type(zone, "Mars/Base");
  expect(await within(drawer).findByText("15 Dec 2026 – 14 Jan 2027")).toBeInTheDocument();
  await user.click(within(drawer).getByRole("button", { name: "New cycle" }));
  await waitFor(() => expect(zone).toHaveAccessibleDescription("There is no time zone Mars/Base."));
  await user.clear(zone);
  await user.type(zone, "Europe/Paris");
  await user.click(within(drawer).getByRole("button", { name: "New cycle" }));
  expect(await screen.findByText("The billing cycle was made")).toBeInTheDocument();
});

test("a role that may not write sees the button, disabled with its reason", async () => {
  server.use(http.get("*/v1/session", () => HttpResponse.json({ email: "support@demo.example", name: null, role: "support", allowed: ["read"] })));
  showAt("/cycles?create=1");
  const button = await screen.findByRole("button", { name: "New cycle" });
  expect(button).toBeDisabled();
  expect(button).toHaveAttribute("title", "This is not open to your role");
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("a cycle in use can't be deleted, and says who uses it and what its periods wait for", async () => {
  const { user } = showAt("/cycles?cycle=monthly");
  const panel = await screen.findByRole("dialog", { name: "Monthly on the 1st" });
  const remove = await within(panel).findByRole("button", { name: "Delete" });
  expect(remove).toBeDisabled();
  expect(remove).toHaveAccessibleDescription("4 accounts use it; move them first");
  expect(within(panel).getByRole("link", { name: "4" })).toHaveAttribute("href", "/customers?cycle_id=monthly");
  expect(await within(panel).findByText("2 parked inputs hold the sums; requeue them.")).toBeInTheDocument();
  await user.click(within(panel).getByRole("button", { name: "Rename" }));
  const name = await screen.findByRole("textbox", { name: "Name" });
  await user.clear(name);
  await user.type(name, "Every month");
  await user.click(within(screen.getByRole("dialog", { name: "Rename" })).getByRole("button", { name: "Rename" }));
  expect(await screen.findByText("The billing cycle was changed")).toBeInTheDocument();
});
