/**
 * The pages of what is sold and to whom: plans, billing cycles, customers and services, each reached from its list as a reader
 * reaches it, with what the demo has in them. Their forms are filled in by the month (month/setUp.ts), and looked at in every
 * look with all other pages (looks.ts).
 */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { Visit } from "./story.ts";

const firstRow = "tbody th a, [data-row] strong a";

export async function rating(page: Page, visit: Visit): Promise<void> {
  await seePlans(page, visit);
  await seeCycles(page, visit);
  await seeCustomers(page, visit);
  await seeServices(page, visit);
}

async function openList(page: Page, path: string, name: string, title: string, visit: Visit): Promise<void> {
  await page.goto(path);
  await page.getByRole("heading", { name: title, level: 1 }).waitFor();
  await page.locator(firstRow).first().waitFor();
  assert.match(await page.title(), new RegExp(`^${title}.* · Meterlog$`));
  await visit(name, page);
}

async function seePlans(page: Page, visit: Visit): Promise<void> {
  await openList(page, "/plans?status=all", "plans", "Tariffs & Plans", visit);
  await page.locator(firstRow).first().click();
  await page.getByRole("complementary", { name: "Summary" }).getByText(/ustomer pays/).waitFor();
  await visit("plan", page);
  await page.getByRole("navigation", { name: "Parts of the plan’s page" }).getByRole("link", { name: "Versions" }).click();
  await page.getByRole("table", { name: "Versions" }).waitFor();
  await visit("plan-versions", page);
}

async function seeCycles(page: Page, visit: Visit): Promise<void> {
  await openList(page, "/cycles", "cycles", "Billing Cycles", visit);
  await page.locator(firstRow).first().click();
  const panel = page.getByRole("dialog");
  await panel.getByRole("list", { name: "The next six periods" }).waitFor();
  await visit("cycle", page);
}

async function seeCustomers(page: Page, visit: Visit): Promise<void> {
  await openList(page, "/customers", "customers", "Customers", visit);
  await page.locator(firstRow).first().click();
  await page.getByRole("complementary", { name: "Summary" }).waitFor();
  await page.getByRole("region", { name: "Services" }).getByRole("row").nth(1).waitFor();
  await visit("customer", page);
  const parts = page.getByRole("navigation", { name: "Parts of the customer’s page" });
  await parts.getByRole("link", { name: "Spend" }).click();
  await page.getByRole("region", { name: "Not billed yet" }).getByText("as of").waitFor();
  await page.getByRole("region", { name: "Spend alerts and caps" }).waitFor();
  await visit("customer-spend", page);
  await parts.getByRole("link", { name: "One-time charges" }).click();
  await page.getByRole("region", { name: "One-time charges" }).waitFor();
  await parts.getByRole("link", { name: "Group" }).click();
  await page.getByRole("region", { name: "Members" }).waitFor();
  await visit("customer-group", page);
  await page.getByRole("navigation", { name: "Parts of the customer’s page" }).getByRole("link", { name: "Invoices" }).click();
  await page.getByRole("region", { name: "Invoices" }).waitFor();
  await visit("customer-invoices", page);
}

async function seeServices(page: Page, visit: Visit): Promise<void> {
  await openList(page, "/services?status=all", "services", "Services", visit);
  await page.locator(firstRow).first().click();
  await page.getByRole("region", { name: "What holds when" }).waitFor();
  await visit("service", page);
  await page.getByRole("navigation", { name: "Parts of the subscription’s page" }).getByRole("link", { name: "Allowances" }).click();
  await page.getByRole("region", { name: "Allowances" }).getByText("as of").waitFor();
  await page.getByRole("button", { name: "Write a rule" }).click();
  await page.getByRole("textbox", { name: /^Included/ }).waitFor();
  await visit("service-allowances", page);
}
