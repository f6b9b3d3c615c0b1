/**
 * The first half: an empty installation gets a service, a cycle, a plan with tiers and a customer; usage arrives while one
 * looks; and in the middle of the month another customer moves to the plan.
 */
import assert from "node:assert/strict";
import { ask, other, page, seen, signInAgain, until } from "../walk.ts";
import { advance, asked, choose, picture, send, side } from "./frame.ts";

const steps = () => page.getByRole("region", { name: "To the first invoice" });

export async function signedIn(): Promise<void> {
  await signInAgain(() => picture("sign-in"));
}

/** What is open is a link; nothing of the list needs the manual. */
export async function firstSteps(): Promise<void> {
  await steps().getByText("0 of 7").waitFor();
  await picture("first-steps");
}

/** Opens a step of the list, by its link on the Overview. */
async function begin(step: string): Promise<void> {
  await page.getByRole("link", { name: "Overview", exact: true }).first().click();
  await steps().getByRole("link", { name: step }).click();
}

/** It ticks by itself, whoever did it. */
async function ticked(step: string, progress: string): Promise<void> {
  await page.getByRole("link", { name: "Overview", exact: true }).first().click();
  await steps().getByText(progress).waitFor();
  await steps().getByRole("listitem").filter({ hasText: `${step} (done)` }).waitFor();
}

export async function defineService(): Promise<void> {
  await begin("Define a service");
  const drawer = asked("New service");
  await drawer.getByLabel("Name", { exact: true }).fill("Internet access");
  await drawer.getByLabel(/^Code/).fill("INET");
  await drawer.getByRole("combobox", { name: /^Kind/ }).selectOption("internet");
  await picture("service");
  await send("New service");
  await ticked("Define a service", "1 of 7");
}

export async function defineCycle(): Promise<void> {
  await begin("Define a billing cycle");
  const drawer = asked("New cycle");
  await drawer.getByRole("textbox", { name: /^Id/ }).fill("monthly");
  await drawer.getByLabel("Name", { exact: true }).fill("Monthly");
  await drawer.getByRole("combobox", { name: /^Time zone/ }).fill("UTC");
  await drawer.getByRole("list", { name: "The next six periods" }).waitFor();
  await picture("cycle");
  await send("New cycle");
  await ticked("Define a billing cycle", "2 of 7");
}

/** A fee for the month, and 100 GB free before each started GB costs 0.50; the engine says at once what that comes to. */
export async function makePlan(): Promise<void> {
  await begin("Publish a plan");
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
  await picture("plan");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("over 100 GB: €0.50 per GB").waitFor();
  await page.getByRole("button", { name: "Save the draft" }).click();
  await page.waitForURL("**/plans/fibre-500");
}

export async function publishPlan(): Promise<void> {
  await side().getByRole("button", { name: "Publish" }).click();
  const drawer = asked("Publish");
  await drawer.getByLabel("In force from").fill("2026-09-01");
  await drawer.getByText("Nobody has this plan yet").waitFor();
  await picture("publish");
  await send("Publish");
  await page.locator(".status").filter({ hasText: "In force" }).first().waitFor();
  await ticked("Publish a plan", "3 of 7");
}

export async function openAccount(): Promise<void> {
  await begin("Open an account");
  const drawer = asked("New customer");
  await drawer.getByRole("textbox", { name: /^Account id/ }).fill("alice");
  await drawer.getByLabel("Name", { exact: true }).fill("Alice");
  await choose(drawer.getByRole("combobox", { name: /^Billing cycle/ }), "Monthly");
  await drawer.getByRole("textbox", { name: /^Tax rate/ }).fill("20");
  await picture("customer");
  await send("New customer");
  await page.waitForURL("**/customers/alice");
}

/** From the customer's own page; the bill with it is shown before it is sent. */
export async function startService(): Promise<void> {
  await page.getByRole("button", { name: "Start a service" }).first().click();
  const drawer = asked("Start a service");
  await drawer.getByRole("textbox", { name: /^Id/ }).fill("alice-line");
  await choose(drawer.getByRole("combobox", { name: /^Plan/ }), "Fibre 500");
  await drawer.getByLabel(/^First day of service/).fill("2026-09-01");
  await drawer.getByRole("button", { name: "See what follows" }).click();
  await drawer.getByRole("table", { name: "Lines of the bill" }).waitFor();
  await picture("subscription");
  await send("Start a service");
  await ticked("Create a subscription", "5 of 7");
}

/** The second window stands on the Overview meanwhile, and ticks the step without a hand on it. */
export async function usageArrives(): Promise<void> {
  await other(async (beside) => {
    await beside.goto("/");
    const there = beside.getByRole("region", { name: "To the first invoice" });
    await there.getByText("5 of 7").waitFor();
    await page.goto("/usage");
    await page.getByRole("button", { name: "Refresh: Live" }).waitFor();
    const used = { id: "u1", source: "olt-1", resource: "subscription:alice-line", meter: "data.octets", quantity: "103400000000", started_at: "2026-09-01T05:00:00Z" };
    await ask("POST", "/v1/usage/records", [used]);
    await page.getByRole("button", { name: /changes? – show/ }).click();
    await page.getByRole("row").filter({ hasText: "olt-1" }).filter({ hasText: "103.4 GB" }).waitFor();
    await there.getByText("6 of 7").waitFor();
    await picture("usage");
  });
}

/** Bob has plan Home since the 1st, and it is the 16th: half a month of each plan. */
export async function changePlan(): Promise<void> {
  await openBob();
  await advance("2026-09-16T08:00:00Z");
  await signInAgain();
  await page.getByRole("link", { name: "Customers", exact: true }).first().click();
  await page.locator("tbody th a", { hasText: "Bob" }).click();
  await page.getByRole("region", { name: "Services" }).getByRole("link", { name: "bob-line" }).click();
  await side().getByRole("button", { name: "Change the plan" }).click();
  const drawer = asked("Change the plan");
  await choose(drawer.getByRole("combobox", { name: /^Plan/ }), "Fibre 500");
  await drawer.getByLabel(/^From/).fill("2026-09-16");
  await drawer.getByRole("button", { name: "See what follows" }).click();
  const bill = drawer.getByRole("table", { name: "Lines of the bill" });
  await bill.getByRole("rowheader", { name: "15 of 30 days of Home" }).waitFor();
  await bill.getByRole("rowheader", { name: "15 of 30 days of Fibre 500" }).waitFor();
  const fold = await bill.boundingBox();
  assert.ok(fold && fold.y < 768, "what follows is in sight, not below the form");
  assert.match(await drawer.innerText(), /The bill with this\s+€25\.00/);
  await picture("plan-change");
  await send("Change the plan");
  await page.getByRole("table", { name: "What holds when" }).getByRole("row").filter({ hasText: "fibre-500" }).waitFor();
  await seen("service-changed");
}

/** As another clerk made him: his country has no tax rate yet. */
async function openBob(): Promise<void> {
  await ask("POST", "/v1/plans", { id: "home", name: "Home", currency: "EUR", prices: [{ model: "flat", amount: "20.00", interval: "month", bill: "arrears" }] });
  await ask("POST", "/v1/plans/home/versions/1/publish", { effective_from: "2026-09-01" });
  await ask("POST", "/v1/accounts", { id: "bob", name: "Bob", currency: "EUR", cycle_id: "monthly", tax_rate: "20" });
  await ask("POST", "/v1/subscriptions", { id: "bob-line", account_id: "bob", plan_id: "home", start: "2026-09-01" });
  await ask("POST", "/v1/tax/jurisdictions", { id: "FR", level: "country", name: "France" });
  const profile = "/v1/accounts/bob/bill-profile";
  await until(async () => ask("GET", profile).then(() => true, () => false));
  await ask("PATCH", profile, { tax: { kind: "determined", seller: { country: "FR" }, place: { country: "FR" } } });
}
