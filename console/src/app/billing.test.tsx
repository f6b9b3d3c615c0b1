import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
import "../ui/table/AntTable";
// Loaded before a test waits for them: a busy machine takes longer for it than a test waits.
import "../features/invoicing/billProfile/BillProfileView";
import "../features/invoicing/billProfile/deliveryDialog";
import "../features/invoicing/billProfile/dialogs";
import "../features/invoicing/numbering/SeriesDrawer";
import "../features/invoicing/runs/automatic/dialogs";
import "./pages/AutomaticRunsPage";
import "./pages/CustomerPage";
import "./pages/NumberingPage";
import { showAt } from "../test/render";
import { sentTo } from "../test/sent";
import { server } from "../test/setup";

/** The first page of a file brings the whole shell with it. */
const first = { timeout: 45_000 };

test("each setting of how a customer is billed says where it comes from", async () => {
  showAt("/customers/acc-0001?view=config");
  const terms = await screen.findByRole("region", { name: "Payment terms" }, first);
  expect(terms).toHaveTextContent("14 dayswhat the operator has for all");
  expect(screen.getByRole("region", { name: "Tax profile" })).toHaveTextContent(/At one rate.*20.%/);
  const account = screen.getByRole("region", { name: "Account" });
  expect(await within(account).findByText("from the billing cycle")).toBeInTheDocument();
  expect(account).toHaveTextContent("Language of documentsFrenchthe account’s own");
});

test("terms that are emptied are the operator's again, and are changed for the version that was read", async () => {
  const sent = sentTo("/v1/accounts/acc-0002/bill-profile");
  const { user } = showAt("/customers/acc-0002?view=config");
  await user.click(await screen.findByRole("button", { name: "Change Payment terms" }));
  const days = await screen.findByRole("textbox", { name: /^Days from issue/ });
  const drawer = screen.getByRole("dialog", { name: "Payment terms" });
  expect(days).toHaveValue("30");
  await user.clear(days);
  await user.click(within(drawer).getByRole("button", { name: "Save" }));
  expect(await screen.findByText("The billing profile was changed")).toBeInTheDocument();
  expect(sent).toEqual([{ method: "PATCH", version: "3", body: { terms_days: null } }]);
});

test("of one rate nothing else is asked or sent; of tables what is there is filled in", async () => {
  const sent = sentTo("/v1/accounts/acc-0002/bill-profile");
  const { user } = showAt("/customers/acc-0002?view=config");
  await user.click(await screen.findByRole("button", { name: "Change Tax profile" }));
  const kind = await screen.findByRole("combobox", { name: /^How it is taxed/ });
  const drawer = screen.getByRole("dialog", { name: "Tax profile" });
  expect(within(drawer).getByRole("textbox", { name: /^Seller’s country/ })).toHaveValue("DE");
  expect(within(drawer).queryByRole("textbox", { name: /^Rate in %/ })).toBeNull();
  await user.selectOptions(kind, "account_rate");
  expect(within(drawer).queryByRole("textbox", { name: /^Seller’s country/ })).toBeNull();
  await user.type(within(drawer).getByRole("textbox", { name: /^Rate in %/ }), "5,5");
  await user.click(within(drawer).getByRole("button", { name: "Save" }));
  expect(await screen.findByText("The billing profile was changed")).toBeInTheDocument();
  expect(sent.map(({ body }) => body)).toEqual([{ tax: { kind: "account_rate", rate: "5.5" } }]);
});

test("a profile that was changed meanwhile is told field by field before it is changed all the same", async () => {
  const path = "*/v1/accounts/acc-0001/bill-profile";
  const { user } = showAt("/customers/acc-0001?view=config");
  await user.click(await screen.findByRole("button", { name: "Change Payment terms" }));
  await user.type(await screen.findByRole("textbox", { name: /^Days from issue/ }), "60");
  const drawer = screen.getByRole("dialog", { name: "Payment terms" });
  const now = { account_id: "acc-0001", currency: "EUR", cycle_id: "monthly", time_zone: "Europe/Paris", terms_days: 45, tax: { kind: "determined", place: "DE" }, tax_rate: null, delivery: { email: { to: [] }, webhook: null, print: false, automatic: true }, late_fee_policy: null, sources: { terms_days: "account" }, version: 9, allowed_actions: [] };
  server.use(http.patch(path, ({ request }) => (request.headers.get("If-Match") === "9" ? HttpResponse.json({ ...now, version: 10 }) : HttpResponse.json({ title: "Changed", status: 412, errors: [] }, { status: 412 }))), http.get(path, () => HttpResponse.json(now)));
  await user.click(within(drawer).getByRole("button", { name: "Save" }));
  const changes = await within(drawer).findByRole("table", { name: "What has changed" });
  expect(within(changes).getByRole("row", { name: /^Due after issue/ })).toHaveTextContent("1445");
  expect(within(changes).getByRole("row", { name: /^Place of supply/ })).toHaveTextContent("DE");
  await user.click(within(drawer).getByRole("button", { name: "Save all the same" }));
  expect(await screen.findByText("The billing profile was changed")).toBeInTheDocument();
});

test("each cycle says whether it is run by itself and when next; one is turned on, another off", async () => {
  const [set, stopped] = [sentTo("/v1/automatic-runs/quarterly"), sentTo("/v1/automatic-runs/monthly")];
  const { user } = showAt("/billing-runs/automatic");
  const table = await screen.findByRole("table", { name: "Billing cycles" });
  expect(await within(table).findByRole("row", { name: /Monthly on the 1st/ })).toHaveTextContent(/On.*30 hours.*2 Dec 2026.*over what ends by 1 Dec 2026/);
  expect(within(table).getByRole("row", { name: /Quarterly/ })).toHaveTextContent("Off");
  await user.click(within(table).getByRole("button", { name: "Turn on Quarterly" }));
  const hours = await screen.findByRole("textbox", { name: /^Hours/ });
  const drawer = screen.getByRole("dialog", { name: "Automatic runs of Quarterly" });
  await user.clear(hours);
  await user.type(hours, "48");
  await user.click(within(drawer).getByRole("button", { name: "Turn on" }));
  expect(await screen.findByText("Automatic runs are set")).toBeInTheDocument();
  expect(set).toEqual([{ method: "PUT", version: null, body: { delay_hours: 48 } }]);
  await user.click(within(table).getByRole("button", { name: "Turn off Monthly on the 1st" }));
  await user.click(within(await screen.findByRole("dialog", { name: "Turn automatic runs off?" })).getByRole("button", { name: "Turn off" }));
  expect(await screen.findByText("The cycle is run by people again")).toBeInTheDocument();
  expect(stopped).toEqual([{ method: "DELETE", version: "2", body: null }]);
});

test("numbering series show what was given and what comes next; only an administrator opens one", async () => {
  showAt("/settings/numbering");
  const table = await screen.findByRole("table", { name: "Numbering" });
  expect(await within(table).findByRole("row", { name: /INV/ })).toHaveTextContent(/Invoices.*MTR-\{year\}-\{n:05\}.*Each year.*209, no gap.*MTR-2026-00209.*MTR-2026-00210/);
  expect(screen.getByRole("button", { name: "Open a series" })).toBeDisabled();
});

test("the ways that documents go out by are sent as a whole, without a secret that was not written", async () => {
  const sent = sentTo("/v1/accounts/acc-0002/bill-profile");
  const { user } = showAt("/customers/acc-0002?view=config");
  const card = await screen.findByRole("region", { name: "Delivery" });
  expect(card).toHaveTextContent("accounts@brown.example, ann@brown.example");
  await user.click(within(card).getByRole("button", { name: "Change Delivery" }));
  const paper = await screen.findByRole("checkbox", { name: /^On paper/ });
  const drawer = screen.getByRole("dialog", { name: "Delivery" });
  await user.click(paper);
  await user.click(within(drawer).getByRole("checkbox", { name: "By e-mail" }));
  expect(within(drawer).queryByRole("textbox", { name: /^Addresses/ })).toBeNull();
  await user.click(within(drawer).getByRole("button", { name: "Save" }));
  expect(await screen.findByText("The billing profile was changed")).toBeInTheDocument();
  expect(sent).toEqual([{ method: "PATCH", version: "3", body: { delivery: { email: null, webhook: { url: "https://erp.brown.example/invoices" }, print: true, automatic: true } } }]);
});

test("a late-fee policy that is emptied is none, and discounts stand in their own tab", async () => {
  const sent = sentTo("/v1/accounts/acc-0002/bill-profile");
  const { user } = showAt("/customers/acc-0002?view=config");
  const card = await screen.findByRole("region", { name: "Late fees" });
  expect(await within(card).findByRole("link", { name: "Homes" })).toBeInTheDocument();
  expect(await screen.findByText("1 discount in force")).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "Show discounts" })).toHaveAttribute("href", "/customers/acc-0002?view=discounts");
  await user.click(within(card).getByRole("button", { name: "Change Late fees" }));
  const policy = await screen.findByRole("combobox", { name: /^Late-fee policy/ });
  const drawer = screen.getByRole("dialog", { name: "Late fees" });
  await user.clear(policy);
  await user.click(within(drawer).getByRole("button", { name: "Save" }));
  expect(await screen.findByText("The billing profile was changed")).toBeInTheDocument();
  expect(sent.map(({ body }) => body)).toEqual([{ late_fee_policy: null }]);
});
