/** What may be in the way: a session that ends over a form, a hand without a mouse, a service that stands still. */
import assert from "node:assert/strict";
import { forgive, page, signal, signInOver } from "../walk.ts";
import { asked, fillPayment, picture, send } from "./frame.ts";

/** The form stands while its reader signs in again, with what was written; then it is sent. */
export async function loseSession(): Promise<void> {
  await page.goto("/customers/bob?view=statement&payment=new");
  const drawer = asked("Record payment");
  await fillPayment({ amount: "12.00", received: "2026-10-26", reference: "TRANSFER-2" });
  await page.context().clearCookies();
  await drawer.getByRole("button", { name: "Record payment" }).click();
  await asked("Your session has ended").waitFor();
  await picture("session");
  await signInOver(asked("Your session has ended"));
  assert.equal(await drawer.getByRole("textbox", { name: /^Reference/ }).inputValue(), "TRANSFER-2", "what was written is still there");
  await send("Record payment");
  await page.getByRole("table", { name: "Balance and statement" }).getByText("€12.00").first().waitFor();
}

/** From the Overview to an invoice and back, its filter, its row's page and its explanation, and no mouse. */
export async function byKeys(): Promise<void> {
  const { keyboard } = page;
  const pressed = async (...keys: readonly string[]) => {
    for (const key of keys) await keyboard.press(key);
  };
  await page.goto("/");
  await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
  await pressed("g", "i");
  await page.waitForURL("**/invoices");
  await page.getByRole("heading", { level: 1, name: "Invoices" }).waitFor();
  // All is paid by now: what is looked for is no longer in the first tab.
  await reach("All");
  await pressed("Enter");
  await page.waitForURL("**/invoices?status=all");
  await page.locator("tbody th a").first().waitFor();
  await pressed("/");
  await keyboard.type("INV-000003");
  await pressed("Enter");
  await page.waitForURL((url) => url.searchParams.get("q") === "INV-000003");
  await page.getByRole("row").filter({ hasText: "INV-000003" }).waitFor();
  // Out of the field, or its letters would be written.
  await pressed("Escape");
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await pressed("?");
  await page.getByRole("dialog").waitFor();
  await picture("keyboard");
  await pressed("Escape", "j", "Enter");
  await page.getByRole("heading", { level: 1, name: "INV-000003" }).waitFor();
  await reach("Taxes");
  await pressed("Enter");
  await page.getByRole("table", { name: "Taxes" }).waitFor();
  await pressed("Control+k");
  await page.getByRole("combobox", { name: "Search or go to" }).waitFor();
  await keyboard.type("Payments");
  await pressed("Enter");
  await page.getByRole("heading", { level: 1, name: "Payments" }).waitFor();
}

/** The next link or button of this name by Tab, as a hand without a mouse finds it. */
async function reach(name: string): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    if ((await page.evaluate(() => document.activeElement?.textContent?.trim())) === name) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${name} is not reached by Tab`);
}

/** Payments stands still: it is named on the page, the rest goes on, and what was missing comes when it is back. */
export async function serviceDown(): Promise<void> {
  await page.goto("/");
  await page.getByRole("button", { name: /^Refresh:/ }).waitFor();
  signal("payments", "SIGSTOP");
  try {
    await page.getByRole("button", { name: /payments/ }).waitFor();
    await picture("service-down", { rests: false });
  } finally {
    signal("payments", "SIGCONT");
  }
  await page.getByRole("button", { name: "Refresh: Live" }).waitFor();
  forgive(/status of 50[34]/);
}
