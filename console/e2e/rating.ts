/**
 * The pages of what is sold and to whom: plans and their editor, billing cycles, customers, services and their catalogue,
 * each reached as a reader reaches it.
 */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { Visit } from "./story.ts";

const firstRow = "tbody th a, [data-row] strong a";

export async function rating(page: Page, visit: Visit): Promise<void> {
  await seePlans(page, visit);
  await writePlan(page, visit);
  await seeCycles(page, visit);
  await seeCustomers(page, visit);
  await seeServices(page, visit);
  await seeCorrections(page, visit);
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

/** A flat fee and a tiered price, the second with a gap that is told at once; what they come to is said beside them. */
async function writePlan(page: Page, visit: Visit): Promise<void> {
  await page.goto("/plans/new");
  await page.getByLabel("Name", { exact: true }).fill("Fibre 500");
  await visit("plan-editor", page);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Add a price" }).click();
  await page.getByRole("textbox", { name: "Amount" }).fill("29.90");
  await page.getByRole("button", { name: "Add a price" }).click();
  const usage = page.getByRole("group", { name: "Price 2" });
  await usage.getByRole("combobox", { name: "How it is reckoned" }).selectOption("graduated");
  await usage.getByRole("button", { name: "Add a tier" }).click();
  await usage.getByRole("button", { name: "Add a tier" }).click();
  await usage.getByRole("textbox", { name: "Unit price, tier 1" }).fill("0");
  await usage.getByText("there is a gap").waitFor();
  await usage.getByRole("textbox", { name: "Unit price, tier 2" }).fill("0.5");
  await page.getByRole("region", { name: "What it comes to" }).getByText(/ustomer pays/).waitFor();
  await visit("plan-editor-prices", page);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Save the draft" }).waitFor();
  await visit("plan-editor-review", page);
}

async function seeCycles(page: Page, visit: Visit): Promise<void> {
  await openList(page, "/cycles", "cycles", "Billing Cycles", visit);
  await page.locator(firstRow).first().click();
  const panel = page.getByRole("dialog");
  await panel.getByRole("list", { name: "The next six periods" }).waitFor();
  await visit("cycle", page);
  await page.goto("/cycles?create=1");
  await page.getByRole("dialog", { name: "New cycle" }).getByRole("list", { name: "The next six periods" }).waitFor();
  await visit("cycle-form", page);
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
  await page.goto("/customers?create=1");
  await page.getByRole("dialog", { name: "New customer" }).getByLabel("Name", { exact: true }).waitFor();
  await visit("customer-form", page);
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
  await page.getByRole("link", { name: "Services", exact: true }).first().click();
  await page.goto("/services/catalogue");
  await page.getByRole("heading", { name: "Service catalogue", level: 1 }).waitFor();
  await page.getByText(/\d services?$|catalogue is empty/).first().waitFor();
  await visit("catalogue", page);
}

/** Outages and reratings: their lists, which may be empty, and what their forms ask. */
async function seeCorrections(page: Page, visit: Visit): Promise<void> {
  await page.goto("/outages");
  await page.getByText(/^\d+ outages?$/).waitFor();
  await visit("outages", page);
  await page.goto("/outages?create=1");
  await page.getByRole("dialog", { name: "Record an outage" }).getByRole("group", { name: "Whom it hit" }).waitFor();
  await visit("outage-form", page);
  await page.goto("/reratings");
  await page.getByText(/^\d+ reratings?$/).waitFor();
  await visit("reratings", page);
  await page.goto("/reratings/new");
  await page.getByText("Choose the plan whose prices were wrong").waitFor();
  await visit("rerating-form", page);
}
