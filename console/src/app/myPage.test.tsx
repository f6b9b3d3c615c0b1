import { cleanup, screen, waitFor, within } from "@testing-library/react";
import { http } from "msw";
import { afterEach, expect, test } from "vitest";
import { problem } from "../../mock/answers";
import { showAt } from "../test/render";
import { server, signedIn } from "../test/setup";

const token = "mc_l1_0123456789abcdef0123456789abcdef";
const page = { name: "Änne", language: "de-AT", currency: "KWD", time_zone: "Asia/Kuwait", today: "2026-11-23", status: "active", owed: { amount: "0.000", currency: "KWD" }, overdue: { amount: "0.000", currency: "KWD" }, link_expires_at: "2026-12-12T09:00:00Z" };

function open(hash = token) {
  history.replaceState(null, "", `#${hash}`);
  signedIn.current = false;
  return showAt(`/customer-page#${hash}`);
}

afterEach(() => history.replaceState(null, "", " "));

test("a customer without a login sees what is owed, used, left and billed", async () => {
  open();
  expect(await screen.findByText("Ann Example")).toBeVisible();
  expect(await screen.findByText("2.41 GB")).toBeVisible();
  expect(screen.getByText("Known at the end of the period")).toBeVisible();
  expect(screen.getByText(/Provisional/)).toBeVisible();
  const chart = screen.getByRole("img", { name: /^Data volume by day from 1 Nov 2026 to 23 Nov 2026; the most on/ });
  expect(chart.querySelectorAll("rect")).toHaveLength(23);
  expect(within(screen.getByRole("table", { name: "Data volume" })).getAllByRole("row")).toHaveLength(24);
});

test("the link travels in a header and in no address, and what is known is asked for by its tag", async () => {
  const asked: Request[] = [];
  server.use(http.get("*/v1/customer-page", ({ request }) => {
    asked.push(request);
    return request.headers.get("If-None-Match") ? new Response(null, { status: 304 }) : Response.json(page, { headers: { ETag: '"a1"' } });
  }));
  open();
  await screen.findByText("Änne");
  cleanup();
  open();
  await screen.findByText("Änne");
  await waitFor(() => expect(asked.map(({ headers }) => headers.get("If-None-Match"))).toEqual([null, '"a1"']));
  for (const { url, headers } of asked) {
    expect(url).not.toContain("mc_");
    expect(headers.get("Authorization")).toBe(`Bearer ${token}`);
  }
});

test("it is in the language of the account until its reader chooses another", async () => {
  server.use(http.get("*/v1/customer-page", () => Response.json(page)));
  const { user } = open();
  expect(await screen.findByRole("heading", { name: "Ihr Konto" })).toBeVisible();
  expect(document.documentElement.lang).toBe("de");
  expect(screen.getByText(/^0,000/)).toBeVisible();
  await user.selectOptions(screen.getByRole("combobox", { name: "Sprache" }), "fr");
  expect(await screen.findByRole("heading", { name: "Votre compte" })).toBeVisible();
});

test.each(["mc_over_0123456789abcdef0123456789abcdef", "", "mk_key_secret"])("a link that is none says so and leads to no login: %s", async (hash) => {
  const { place } = open(hash);
  expect(await screen.findByText("This link does not work any more")).toBeVisible();
  expect(place.current).toContain("/customer-page");
});

test("an invoice opens with its days, and what is paid has no button to pay", async () => {
  const { user } = open();
  const [first] = await screen.findAllByRole("listitem", { name: /^Invoice / });
  await user.click(within(first!).getByRole("button", { name: /^Details/ }));
  expect(await within(first!).findByText("Northwind Telecom")).toBeVisible();
  expect(within(first!).getAllByRole("img", { name: /^Data beyond the allowance by day/ })).toHaveLength(1);
  for (const paid of screen.queryAllByText("Paid")) expect(within(paid.closest("li")!).queryByRole("button", { name: /^Pay now/ })).toBeNull();
});

test("who asks too often is told, and what was shown before stays", async () => {
  server.use(http.post("*/v1/customer-page/invoices/:id/payment-link", () => problem(429, "Too Many Requests", "asked too often; try again in 7 s")));
  const { user } = open();
  const [pay] = await screen.findAllByRole("button", { name: /^Pay now/ });
  await user.click(pay!);
  expect(await screen.findByRole("alert")).toHaveTextContent("try again in 7 s");
  expect(screen.getByText("Ann Example")).toBeVisible();
});

test("of somebody erased, without usage and without invoices the page says that there is nothing", async () => {
  const usage = { today: "2026-11-23", time_zone: "UTC", period: { start: "2026-11-01", end: "2026-12-01" }, accounts: 1, accounts_left_out: 0, meters_left_out: 0, meters: [], allowances: [], allowances_left_out: 0, unbilled: { amount: { amount: "0", currency: "JPY" }, net: { amount: "0", currency: "JPY" }, gross: { amount: "0", currency: "JPY" }, provisional: true }, spend_limits: [], paid_by_another: true };
  server.use(
    http.get("*/v1/customer-page", () => Response.json({ ...page, name: "erased", language: null, status: "closed" })),
    http.get("*/v1/customer-page/usage", () => Response.json(usage)),
    http.get("*/v1/customer-page/invoices", () => Response.json({ items: [], total: 0, next_cursor: null })),
  );
  open();
  expect(await screen.findByText("Your personal data was erased")).toBeVisible();
  expect(await screen.findByText("Nothing used.")).toBeVisible();
  expect(await screen.findByText("There are no invoices yet.")).toBeVisible();
  expect(screen.getByText(/This account is closed/)).toBeVisible();
  expect(screen.getByText(/Somebody else pays/)).toBeVisible();
  expect(screen.getByText("JP¥0")).toBeVisible();
});

test("staff make a link, copy it and end all of them", async () => {
  const { user } = showAt("/customers/acc-0002");
  await user.click(await screen.findByRole("button", { name: "Make a link" }));
  expect(await screen.findByText(/\/customer-page#mc_l2_/)).toBeVisible();
  await user.click(await screen.findByRole("button", { name: "Revoke all" }));
  expect(await screen.findByText("There is no link.")).toBeVisible();
});
