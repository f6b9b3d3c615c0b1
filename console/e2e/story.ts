/**
 * The way through the console that must always work: sign in, see the overview, list the invoices, open one, ask why a
 * line costs what it does, read its payments and its history, and get its PDF.
 */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";

export interface Member {
  email: string;
  password: string;
}

/** Called at each page that the story reaches, with the page's name. */
export type Visit = (name: string, page: Page) => Promise<void>;

export async function story(page: Page, member: Member, visit: Visit): Promise<void> {
  await signIn(page, member, visit);
  await seeOverview(page, visit);
  const href = await listInvoices(page, visit);
  await openInvoice(page, href, visit);
}

export async function signIn(page: Page, { email, password }: Member, visit?: Visit): Promise<void> {
  await page.goto("/");
  await page.waitForURL("**/login");
  await page.getByRole("heading", { name: "Sign in", level: 1 }).waitFor();
  await visit?.("login", page);
  await page.getByLabel("Email", { exact: true }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("heading", { name: "Overview", level: 1 }).waitFor();
}

async function seeOverview(page: Page, visit: Visit): Promise<void> {
  assert.equal(await page.title(), "Overview · Meterlog");
  await page.getByRole("region", { name: "Figures of the month" }).waitFor();
  const services = page.getByRole("region", { name: "Services" }).getByRole("row");
  await services.nth(1).waitFor();
  assert.equal(await services.count(), 6, "a heading and five services");
  await page.getByRole("list", { name: "Recent events" }).getByRole("listitem").first().waitFor();
  await visit("overview", page);
}

/** Gives the path of the first issued invoice. */
async function listInvoices(page: Page, visit: Visit): Promise<string> {
  await page.goto("/invoices?status=all");
  await page.getByRole("link", { name: "Overdue" }).waitFor();
  await page.getByText(/\d invoices?$/).first().waitFor();
  await page.locator("tbody th a, [data-row] strong a").first().waitFor();
  await visit("invoices", page);

  await findByPalette(page);
  await refuseFilter(page);

  // A filter lives in the URL: another tab, a search, and back again.
  await page.goto("/invoices?status=paid&q=no-such-invoice");
  await page.getByText("No invoice matches the filters").waitFor();
  await page.goBack();

  const issued = page.locator("tbody tr, [data-row]").filter({ has: page.locator(".status", { hasText: "Issued" }) }).locator("th a, strong a").first();
  await issued.waitFor();
  const href = await issued.getAttribute("href");
  assert.ok(href, "the first issued invoice has a link");
  return href;
}

/** A customer is found by the beginning of an id, in any case. */
async function findByPalette(page: Page): Promise<void> {
  const { items } = (await (await page.request.get("/v1/invoices?limit=1")).json()) as { items: { account_id: string }[] };
  const account = items[0]?.account_id ?? "";
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search or go to" }).fill(account.toUpperCase());
  await page.getByRole("option", { name: `Account, ${account}` }).click();
  await page.waitForURL(`**/customers/${encodeURIComponent(account)}`);
}

/** A date that no calendar has is named and cleared, and a page beyond the end is the last one. */
async function refuseFilter(page: Page): Promise<void> {
  await page.goto("/invoices?status=all&from=2026-13-45");
  const alert = page.getByRole("alert");
  await alert.getByText("from=2026-13-45").waitFor();
  await alert.getByRole("button", { name: "Clear" }).click();
  await page.waitForURL("**/invoices?status=all");
  await page.goto("/invoices?status=all&page=9999");
  await page.waitForURL((url) => url.searchParams.get("page") !== "9999");
  await page.locator("tbody th a, [data-row] strong a").first().waitFor();
}

async function openInvoice(page: Page, href: string, visit: Visit): Promise<void> {
  await page.goto(href);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.getByRole("region", { name: "Lines" }).getByRole("row").nth(1).waitFor();
  await page.getByRole("complementary", { name: "Summary" }).getByText("Amount due", { exact: true }).waitFor();
  await visit("invoice", page);

  await explainLine(page, visit);

  const pdf = await page.getByRole("link", { name: "Open PDF" }).getAttribute("href");
  assert.ok(pdf, "an issued invoice has a PDF link");
  const answer = await page.request.get(pdf);
  assert.equal(answer.status(), 200);
  assert.match(answer.headers()["content-type"] ?? "", /^application\/pdf/);
  assert.equal((await answer.body()).subarray(0, 5).toString(), "%PDF-");

  await page.getByRole("navigation", { name: "Parts of the invoice" }).getByRole("link", { name: "Payments", exact: true }).click();
  await page.getByRole("region", { name: "Payments and allocations" }).waitFor();
  await visit("invoice-payments", page);
  await page.getByRole("link", { name: "Timeline" }).click();
  await page.getByRole("list", { name: "Timeline" }).locator("summary").last().click();
  await visit("invoice-timeline", page);
}

/** Opens the last line, which usage made, and closes it again. */
async function explainLine(page: Page, visit: Visit): Promise<void> {
  await page.getByRole("link", { name: /^Explain line/ }).last().click();
  const panel = page.getByRole("dialog", { name: /^Why/ });
  await panel.getByRole("table", { name: "How the amount comes about" }).waitFor();
  await panel.getByText("In force since").waitFor();
  const records = panel.getByRole("table", { name: "Usage records counted" });
  await records.getByRole("row").nth(1).waitFor();
  assert.match(await records.getByRole("rowheader").first().innerText(), /^usage\/\d+\/\d+#\d+/);
  assert.match(await panel.innerText(), /Times in Europe\/Paris/, "times are read by the account's clock, which is named");
  await visit("invoice-explain", page);
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "detached" });
}
