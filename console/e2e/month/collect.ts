/**
 * The money comes in: a payment is recorded from its invoice and pays it, what can't be done says why, who is late is dunned,
 * and the aging is taken along as a file that opens.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { Locator } from "playwright-core";
import { ask, page, signInAgain, until } from "../walk.ts";
import { advance, asked, fillPayment, picture, send, side } from "./frame.ts";

const alices = async () => ((await ask("GET", "/v1/invoices?account_id=alice&status=issued")) as { items: { id: string; number: string }[] }).items[0];

/** A reminder, a line that is blocked, and one step more, which never comes. */
const policy = {
  id: "standard",
  name: "Standard",
  minimums: [{ amount: "5.00", currency: "EUR" }],
  steps: [
    { name: "Reminder", after_days: 3, letters: [{ language: "en", subject: "Overdue", text: "{overdue} have been overdue for {days} days." }] },
    { name: "Block", after_days: 5, service: { access: "blocked" } },
    { name: "Last reminder", after_days: 30 },
  ],
};

/** From the invoice, so that its amount is there already; before it is sent the drawer says what it will pay. */
export async function recordPayment(): Promise<void> {
  const invoice = await alices();
  await page.goto(`/invoices/${invoice?.id}`);
  await side().getByRole("link", { name: "Record payment" }).click();
  const drawer = asked("Record payment");
  const amount = drawer.getByRole("group", { name: /^Amount/ }).getByRole("textbox").first();
  await until(async () => (await amount.inputValue()) === "38.40");
  const pays = await fillPayment({ received: "2026-10-01", reference: "TRANSFER-1" });
  await pays.getByText(invoice?.number ?? "").waitFor();
  assert.match(await pays.innerText(), /€38\.40[^]*Left as credit: €0\.00/);
  await picture("payment");
  await send("Record payment");
  await page.getByText("Nothing is open").waitFor();
}

/** By hand: it pays nothing, and its amount is credit; then it pays the invoice again. */
export async function allocate(): Promise<void> {
  await page.goto("/payments?status=succeeded");
  await page.getByRole("link", { name: "TRANSFER-1" }).click();
  await page.getByRole("heading", { level: 1, name: "TRANSFER-1" }).waitFor();
  await move(async (drawer) => drawer.getByRole("button", { name: "Take all back" }).click(), "€38.40");
  await page.getByText("It pays no invoice").waitFor();
  await move(async (drawer) => {
    await drawer.getByRole("textbox").fill("38.40");
    await picture("allocate");
  }, "€0.00");
  await page.getByText("It pays no invoice").waitFor({ state: "detached" });
}

/** What the drawer will leave as credit is said before it is sent. */
async function move(writes: (drawer: Locator) => Promise<void>, left: string): Promise<void> {
  await page.getByRole("button", { name: "Allocate or move" }).click();
  const drawer = asked("Allocate or move");
  await drawer.getByRole("table", { name: "Allocate or move" }).getByRole("row").nth(1).waitFor();
  await writes(drawer);
  await drawer.getByText(`Left as credit: ${left}`).waitFor();
  await drawer.locator(".primary").click();
  await drawer.waitFor({ state: "detached" });
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
  // He wants no e-mail.
  await ask("PATCH", "/v1/accounts/bob/bill-profile", { delivery: { print: true } });
  await ask("POST", "/v1/network-elements", { id: "nas", driver: "simulated", address: "lose=1000" });
  await ask("POST", "/v1/dunning/policies", policy);
  await ask("PUT", "/v1/dunning/settings", { policy_id: "standard" });
  await advance("2026-10-26T10:00:00Z");
  await until(async () => ((await ask("GET", "/v1/dunning/cases?account_id=bob")) as { total: number }).total === 1);
  await signInAgain();
  await page.getByRole("region", { name: "Waiting for you" }).getByRole("link", { name: /1 overdue invoice/ }).waitFor();
  await page.getByRole("link", { name: "Dunning", exact: true }).first().click();
  await page.getByRole("row").filter({ hasText: "Bob" }).filter({ hasText: "€30.00" }).waitFor();
  await picture("overdue");
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
