/**
 * A clerk's month on a running stack: makes a plan with tiers, publishes it, moves a customer to it in the middle of a
 * month with the bill previewed, and finds on the invoice the days of each plan and what was used.
 *
 *     node e2e/planChange.ts --base-url http://127.0.0.1:8080 --email clerk@example --password … --key mk_…
 *
 * The stack has a test clock at 16 September 2026, the customer `alice` on plan Home since the 1st (20.00 a month, in
 * arrears, nothing else), and a cycle `monthly` of the calendar's months. `--key` is the world's: it reports usage and
 * lets time pass. Exit 0 when all was seen, 1 with what was not. tests/console/test_plan_change.py sets all of this up.
 *
 *     Home       20.00 × 15/30                                        10.00
 *     Fibre 500  30.00 × 15/30                                        15.00
 *     data       103.4 GB: 100 free, 4 started × 0.50                  2.00
 */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { ask, page, seen, signInAgain, until, walk } from "./walk.ts";

await walk([makePlan, publishPlan, changePlan, letTheMonthPass, readInvoice]);

/** A fee for the month, and 100 GB free before each started GB costs 0.50; the engine says at once what that comes to. */
async function makePlan(): Promise<void> {
  await page.goto("/plans?status=all");
  await page.getByRole("link", { name: "New plan" }).or(page.getByRole("button", { name: "New plan" })).first().click();
  await page.getByRole("textbox", { name: /^Id/ }).fill("fibre-500");
  await page.getByLabel("Name", { exact: true }).fill("Fibre 500");
  await page.getByRole("button", { name: "Continue" }).click();

  await page.getByRole("button", { name: "Add a price" }).click();
  const fee = page.getByRole("group", { name: "Price 1" });
  await fee.getByRole("textbox", { name: "Amount" }).fill("30.00");
  await fee.getByRole("combobox", { name: /^Billed/ }).selectOption({ label: "In arrears" });

  await page.getByRole("button", { name: "Add a price" }).click();
  const usage = page.getByRole("group", { name: "Price 2" });
  await usage.getByRole("combobox", { name: "How it is reckoned" }).selectOption("graduated");
  await choose(usage.getByRole("combobox", { name: /^Meter/ }), "data.octets");
  await usage.getByRole("button", { name: "Add a tier" }).click();
  await usage.getByRole("button", { name: "Add a tier" }).click();
  await usage.getByRole("textbox", { name: "Up to (GB), tier 1" }).fill("100");
  await usage.getByRole("textbox", { name: "Unit price, tier 1" }).fill("0");
  await usage.getByRole("textbox", { name: "Unit price, tier 2" }).fill("0.50");
  await usage.getByRole("textbox", { name: "Per started (GB), tier 2" }).fill("1");

  const simulator = page.getByRole("region", { name: "What it comes to" });
  await simulator.getByRole("textbox", { name: "Data volume, in GB" }).fill("103.4");
  await simulator.getByText("At 103.4 GB this customer pays €32.00").waitFor();
  await seen("plan-prices");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("over 100 GB: €0.50 per GB").waitFor();
  await page.getByRole("button", { name: "Save the draft" }).click();
  await page.waitForURL("**/plans/fibre-500");
}

async function publishPlan(): Promise<void> {
  const side = page.getByRole("complementary", { name: "Summary" });
  await side.getByRole("button", { name: "Publish" }).click();
  const drawer = page.getByRole("dialog", { name: "Publish" });
  await drawer.getByLabel("In force from").fill("2026-09-16");
  await drawer.getByText("Nobody has this plan yet").waitFor();
  await seen("plan-publish");
  await drawer.getByRole("button", { name: "Publish" }).click();
  await drawer.waitFor({ state: "detached" });
  await page.locator("h1 ~ .status, .status").filter({ hasText: "In force" }).first().waitFor();
  await seen("plan-published");
}

/** From the customer to the service, and what the change makes of this month's bill before it is confirmed. */
async function changePlan(): Promise<void> {
  await page.goto("/customers?status=all");
  await page.locator("tbody th a", { hasText: "Alice" }).click();
  await page.getByRole("region", { name: "Services" }).getByRole("link", { name: "alice-line" }).click();
  await page.getByRole("complementary", { name: "Summary" }).getByRole("button", { name: "Change the plan" }).click();
  const drawer = page.getByRole("dialog", { name: "Change the plan" });
  await choose(drawer.getByRole("combobox", { name: /^Plan/ }), "Fibre 500");
  await drawer.getByLabel(/^From/).fill("2026-09-16");
  await drawer.getByRole("button", { name: "See what follows" }).click();
  const bill = drawer.getByRole("table", { name: "Lines of the bill" });
  await bill.getByRole("rowheader", { name: "15 of 30 days of Home" }).waitFor();
  await bill.getByRole("rowheader", { name: "15 of 30 days of Fibre 500" }).waitFor();
  const fold = await bill.boundingBox();
  assert.ok(fold && fold.y < 768, "what follows is in sight, not below the form");
  assert.match(await drawer.innerText(), /The bill with this\s+€25\.00/);
  await seen("change-preview");
  await drawer.getByRole("button", { name: "Change the plan" }).click();
  await drawer.waitFor({ state: "detached" });
  await page.getByRole("table", { name: "What holds when" }).getByRole("row").filter({ hasText: "fibre-500" }).waitFor();
  await seen("service-changed");
}

/** 103.4 GB after the change, the end of the month with an hour's grace, and the billing run. */
async function letTheMonthPass(): Promise<void> {
  await ask("POST", "/v1/clock/advance", { to: "2026-09-30T20:00:00Z" });
  const used = { id: "u1", source: "olt-1", resource: "subscription:alice-line", meter: "data.octets", quantity: "103400000000", started_at: "2026-09-20T12:00:00Z" };
  await ask("POST", "/v1/usage/records", [used]);
  await until(async () => ((await ask("GET", "/v1/usage/records?state=rated")) as { total: number }).total === 1);
  await ask("POST", "/v1/clock/advance", { to: "2026-10-01T01:30:00Z" });
  const { id } = (await ask("POST", "/v1/billing-runs", { scope: { cycle_id: "monthly" }, target_date: "2026-10-01" })) as { id: string };
  await until(async () => ((await ask("GET", `/v1/billing-runs/${id}`)) as { status: string }).status !== "running");
  await until(async () => ((await ask("GET", "/v1/invoices?status=issued")) as { total: number }).total === 1);
}

/** The days of each plan in words a customer understands, and the usage with the steps of its amount. */
async function readInvoice(): Promise<void> {
  // Two weeks have passed: whoever was signed in is asked again.
  await signInAgain();
  await page.goto("/invoices?status=all");
  await page.locator("tbody th a").first().click();
  const lines = page.getByRole("region", { name: "Lines" });
  for (const [text, amount] of [["15 of 30 days of Home", "€10.00"], ["15 of 30 days of Fibre 500", "€15.00"], ["Data volume", "€2.00"]] as const) {
    const row = lines.getByRole("row").filter({ hasText: text }).filter({ hasText: amount });
    await row.first().waitFor();
  }
  await seen("invoice");
  await page.getByRole("link", { name: /^Explain line/ }).last().click();
  const panel = page.getByRole("dialog", { name: /^Why/ });
  await panel.getByRole("table", { name: "How the amount comes about" }).getByText("€2.00").first().waitFor();
  await seen("invoice-explained");
}

async function choose(field: ReturnType<Page["getByRole"]>, text: string): Promise<void> {
  if ((await field.evaluate((element) => element.tagName)) === "SELECT") {
    await field.selectOption(text);
    return;
  }
  await field.fill(text);
  await page.getByRole("option", { name: text }).first().click();
}
