/**
 * The month is billed: from the Overview to a dry run, what is unusual is mended, the number is typed, the invoices appear,
 * also in a window beside, and one of them is read to the step of an amount and to its PDF.
 */
import assert from "node:assert/strict";
import { ask, other, page, signInAgain, until } from "../walk.ts";
import { advance, asked, choose, picture, send, side } from "./frame.ts";

const parts = (of: string) => page.getByRole("navigation", { name: `Parts of the ${of}` });
const unusual = () => page.getByRole("region", { name: "Unusual" });

export async function nextRun(): Promise<void> {
  await advance("2026-10-01T02:00:00Z");
  await until(async () => ((await ask("GET", "/v1/invoices?status=draft")) as { total: number }).total === 2);
  await signInAgain();
  const runs = page.getByRole("region", { name: "Next billing runs" });
  await runs.getByRole("row").filter({ hasText: "Monthly" }).getByText("2 drafts are there").waitFor();
  await picture("next-run");
  await runs.getByRole("button", { name: /^Preview/ }).click();
}

/** What is unusual stands on the page of the dry run, with the customer to look at. */
export async function dryRun(): Promise<void> {
  await isDry();
  await unusual().getByText("Tax data is missing").waitFor();
  await picture("dry-run");
}

async function isDry(): Promise<void> {
  await page.waitForURL((url) => /^\/billing-runs\/(?!automatic)./.test(url.pathname));
  await page.locator(".status").filter({ hasText: "Not confirmed" }).first().waitFor();
}

/** The clerk follows the warning to the customer, and gives the account one rate. */
export async function mend(): Promise<void> {
  await unusual().getByRole("link", { name: "Bob" }).click();
  await page.getByRole("heading", { level: 1, name: "Bob" }).waitFor();
  await parts("customer’s page").getByRole("link", { name: "Billing profile" }).click();
  const tax = page.getByRole("region", { name: "Tax profile" });
  await tax.getByText("By rules and tax tables").waitFor();
  await tax.getByRole("button", { name: "Change Tax profile" }).click();
  const drawer = asked("Tax profile");
  await drawer.getByRole("combobox", { name: /^How it is taxed/ }).selectOption("account_rate");
  await drawer.getByRole("textbox", { name: /^Rate in %/ }).fill("20");
  await picture("mend");
  await send("Tax profile", "Save");
  await tax.getByText("At one rate").waitFor();
}

/** From the list this time; the number of invoices is typed, and the run that issues them opens. */
export async function confirm(): Promise<void> {
  await page.goto("/billing-runs");
  await page.getByRole("button", { name: "Run billing" }).click();
  const drawer = asked("Run billing");
  await choose(drawer.getByRole("combobox", { name: "A billing cycle" }), "Monthly");
  await drawer.getByLabel("Periods that ended on or before").fill("2026-10-01");
  assert.ok(await drawer.getByRole("checkbox", { name: /^Dry run/ }).isChecked(), "a run is dry unless it is said otherwise");
  await drawer.getByRole("button", { name: "Begin" }).click();
  await isDry();
  await page.getByText("Nothing is unusual").waitFor();
  assert.match(await side().innerText(), /Invoices\s+2\b[^]*Total\s+€68\.40/);
  const dry = page.url();
  await side().getByRole("button", { name: "Confirm and issue" }).click();
  const dialog = asked("Issue these invoices?");
  const button = dialog.getByRole("button", { name: "Confirm and issue" });
  assert.ok(await button.isDisabled(), "nothing is issued before the number is typed");
  await dialog.getByRole("textbox").fill("3");
  assert.ok(await button.isDisabled(), "another number is no confirmation");
  await dialog.getByRole("textbox").fill("2");
  await picture("confirm");
  await other(async (beside) => {
    await beside.goto("/invoices?status=outstanding");
    await beside.getByRole("heading", { level: 1, name: "Invoices" }).waitFor();
    await button.click();
    await page.waitForURL((url) => url.pathname.startsWith("/billing-runs/") && url.href !== dry);
    await page.locator(".status").filter({ hasText: "Completed" }).first().waitFor();
    // A list does not move under the pointer: it says what is new, and shows it when asked.
    await beside.getByRole("button", { name: /changes? – show/ }).click();
    for (const name of ["Alice", "Bob"]) await beside.getByRole("row").filter({ hasText: name }).waitFor();
  });
}

export async function invoices(): Promise<void> {
  await parts("run").getByRole("link", { name: "Accounts" }).click();
  await page.getByRole("table", { name: "Accounts" }).getByRole("row").filter({ hasText: "INV-000002" }).waitFor();
  await side().getByRole("link", { name: "Show them" }).click();
  await page.getByRole("row").filter({ hasText: "€38.40" }).waitFor();
  await picture("invoices");
}

/** 103.4 GB: 100 are free, 4 more were started. */
export async function explain(): Promise<void> {
  await page.getByRole("row").filter({ hasText: "€38.40" }).getByRole("link").first().click();
  await page.getByRole("heading", { level: 1, name: /^INV-00000/ }).waitFor();
  assert.match(await side().innerText(), /Net\s+€32\.00\s+Tax\s+€6\.40\s+Total\s+€38\.40/);
  await page.getByRole("link", { name: /^Explain line/ }).last().click();
  const panel = page.getByRole("dialog", { name: /^Why/ });
  await panel.getByRole("table", { name: "How the amount comes about" }).getByText("€2.00").first().waitFor();
  await panel.getByRole("table", { name: "Usage records counted" }).getByRole("row").nth(1).waitFor();
  await picture("explain");
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "detached" });
}

export async function pdf(): Promise<void> {
  const href = await side().getByRole("link", { name: "Open PDF" }).getAttribute("href");
  const file = await page.request.get(href ?? "");
  assert.equal((await file.body()).subarray(0, 5).toString(), "%PDF-", "the PDF of the invoice opens");
  await parts("invoice").getByRole("link", { name: "Taxes" }).click();
  await page.getByRole("table", { name: "Taxes" }).getByRole("row").filter({ hasText: "€6.40" }).waitFor();
  await parts("invoice").getByRole("link", { name: "Lines" }).click();
  await page.getByRole("region", { name: "Lines" }).getByRole("row").nth(1).waitFor();
  await picture("pdf");
}
