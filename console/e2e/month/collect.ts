/**
 * The money comes in: a payment is recorded from its invoice and pays it, what can't be done says why, who is late is dunned
 * and left alone until a day, and the aging is taken along as a file that opens.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { ask, page, signInAgain, until } from "../walk.ts";
import { advance, asked, picture, send, side } from "./frame.ts";

const alices = async () => ((await ask("GET", "/v1/invoices?account_id=alice&status=issued")) as { items: { id: string; number: string }[] }).items[0];

/** From the invoice, so that its amount is there already; before it is sent the drawer says what it will pay. */
export async function recordPayment(): Promise<void> {
  const invoice = await alices();
  await page.goto(`/invoices/${invoice?.id}`);
  await side().getByRole("link", { name: "Record payment" }).click();
  const drawer = asked("Record payment");
  const amount = drawer.getByRole("group", { name: /^Amount/ }).getByRole("textbox").first();
  await until(async () => (await amount.inputValue()) === "38.40");
  await drawer.getByRole("combobox", { name: /^Method/ }).selectOption("bank_transfer");
  await drawer.getByLabel(/^Received/).fill("2026-10-01");
  await drawer.getByRole("textbox", { name: /^Reference/ }).fill("TRANSFER-1");
  const pays = drawer.getByRole("region", { name: "What it pays" });
  await pays.getByText(invoice?.number ?? "").waitFor();
  assert.match(await pays.innerText(), /€38\.40[^]*Left as credit: €0\.00/);
  await picture("payment");
  await send("Record payment");
  await page.getByText("Nothing is open").waitFor();
}

export async function voidRefused(): Promise<void> {
  const invoice = await alices();
  await page.goto(`/invoices/${invoice?.id}`);
  await page.locator(".status").filter({ hasText: "Paid" }).first().waitFor();
  const button = side().getByRole("button", { name: "Void" });
  await until(() => button.isDisabled());
  assert.match(await button.getAttribute("title") ?? "", /\w+ \w+/, "a button that can't be pressed says why");
  await button.scrollIntoViewIfNeeded();
  await picture("void-refused");
}

export async function overdue(): Promise<void> {
  await ask("POST", "/v1/dunning/policies", { id: "standard", name: "Standard", minimums: [{ amount: "5.00", currency: "EUR" }], steps: [{ name: "Reminder", after_days: 3 }, { name: "Block", after_days: 14, service: { access: "blocked" } }] });
  await ask("PUT", "/v1/dunning/settings", { policy_id: "standard" });
  await advance("2026-10-26T10:00:00Z");
  await until(async () => ((await ask("GET", "/v1/dunning/cases?account_id=bob")) as { total: number }).total === 1);
  await signInAgain();
  await page.getByRole("region", { name: "Waiting for you" }).getByRole("link", { name: /1 overdue invoice/ }).waitFor();
  await page.getByRole("link", { name: "Dunning", exact: true }).first().click();
  await page.getByRole("row").filter({ hasText: "Bob" }).filter({ hasText: "€30.00" }).waitFor();
  await picture("overdue");
}

export async function pauseDunning(): Promise<void> {
  await page.getByRole("row").filter({ hasText: "Bob" }).getByRole("link").first().click();
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  const drawer = asked("Pause");
  await drawer.getByRole("textbox", { name: /^Why/ }).fill("Asked about the amount");
  await drawer.getByLabel(/^Goes on from/).fill("2026-11-10");
  await picture("pause");
  await send("Pause");
  await page.locator(".status").filter({ hasText: "Paused" }).first().waitFor();
  await page.getByText("Asked about the amount").first().waitFor();
}

/** What the file says is what the page says. */
export async function exportReport(): Promise<void> {
  await page.getByRole("link", { name: "Reports", exact: true }).first().click();
  await page.getByRole("link", { name: "AR aging" }).click();
  await page.getByRole("table", { name: "AR aging" }).getByText("€30.00").first().waitFor();
  await page.getByRole("button", { name: "Export" }).click();
  await picture("report");
  await page.getByRole("button", { name: "CSV" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("dialog").getByRole("link", { name: /^Download/ }).click()]);
  const text = await readFile(await download.path(), "utf8");
  assert.match(text.split(/\r?\n/)[0] ?? "", /currency/, "the file names its columns");
  assert.match(text, /EUR[^]*30\.00/, "the file has the amount of the page");
  await page.keyboard.press("Escape");
}
