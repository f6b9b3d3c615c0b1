import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import "../ui/table/AntTable";
import { showAt } from "../test/render";
import { server } from "../test/setup";

function bodies(path: string): unknown[] {
  const sent: unknown[] = [];
  server.events.on("request:start", async ({ request }) => {
    if (request.method === "POST" && new URL(request.url).pathname.endsWith(path)) sent.push(await request.clone().json());
  });
  return sent;
}

test("coupons are listed with what they take off, how long, and how many customers have them", async () => {
  showAt("/invoices/coupons?status=all");
  expect(await screen.findByText("2 coupons")).toBeInTheDocument();
  expect(await screen.findByText("10 %")).toBeInTheDocument();
  expect(screen.getByText("3 periods")).toBeInTheDocument();
  expect(screen.getByText("12 of 500")).toBeInTheDocument();
  expect(screen.getByText("€5.00")).toBeInTheDocument();
});

test("a coupon for so many periods is made, and one that is redeemed is retired", async () => {
  const sent = bodies("/v1/coupons");
  const { user } = showAt("/invoices/coupons");
  await user.click(await screen.findByRole("button", { name: "New coupon" }));
  await user.type(await screen.findByRole("textbox", { name: /^Code$/ }), "SPRING");
  const drawer = screen.getByRole("dialog", { name: "New coupon" });
  await user.type(within(drawer).getByRole("textbox", { name: /^Name/ }), "Spring");
  await user.type(within(drawer).getByRole("textbox", { name: /^Percent/ }), "15");
  await user.type(within(drawer).getByRole("spinbutton", { name: "For so many periods" }), "6");
  await user.click(within(drawer).getByRole("button", { name: "New coupon" }));
  expect(await screen.findByText("The coupon was made")).toBeInTheDocument();
  server.events.removeAllListeners();
  expect(sent).toEqual([{ id: "SPRING", name: "Spring", discount: { percent: "15" }, duration: { periods: 6 } }]);
  await user.click(await screen.findByRole("button", { name: "Actions for WELCOME" }));
  await user.click(within(screen.getByRole("group", { name: "Actions for WELCOME" })).getByRole("button", { name: "Retire" }));
  const question = await screen.findByRole("dialog", { name: "Retire this coupon?" });
  await user.click(within(question).getByRole("button", { name: "Retire" }));
  expect(await screen.findByText("The coupon is retired")).toBeInTheDocument();
});

test("a customer's discounts are behind a tab, and a coupon that is retired is refused at its field", async () => {
  const { user } = showAt("/customers/acc-0002?view=discounts");
  const table = await screen.findByRole("table", { name: "Discounts" });
  expect(within(table).getByText("Welcome")).toBeInTheDocument();
  expect(within(table).getByText("3 periods")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Redeem a coupon" }));
  await user.type(await screen.findByRole("textbox", { name: /^Code of the coupon/ }), "FIVE");
  const drawer = screen.getByRole("dialog", { name: "Redeem a coupon" });
  await user.click(within(drawer).getByRole("button", { name: "Redeem a coupon" }));
  expect(await within(drawer).findByText("coupon FIVE is retired; define another one")).toBeInTheDocument();
});
