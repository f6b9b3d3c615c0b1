/**
 * A debt is followed to its end: the case and what was done in it, the letter that goes out on paper, a promise, a pause with its
 * reason, the money, and the line that is open again. What a bank gives back and takes again is e2e/debt.ts.
 *
 *     Bob   30.00, due on 15 October     18 Oct  reminded, on paper     20 Oct  blocked     26 Oct  promises, is left alone, pays
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { ask, page, seen, until } from "../walk.ts";
import { asked, fillPayment, picture, send } from "./frame.ts";

interface Access {
  desired: string;
  acknowledged_at: string | null;
}

const parts = (of: string) => page.getByRole("navigation", { name: `Parts of the ${of}` });
const stands = () => page.getByRole("complementary", { name: "How it stands" });
const status = (text: string) => page.locator("main .status").filter({ hasText: text }).first();

/** The network has been told, and has answered. */
async function told(desired: string): Promise<void> {
  await until(async () => {
    const access = (await ask("GET", "/v1/resources/subscription%3Abob-line/access")) as Access;
    return access.desired === desired && access.acknowledged_at !== null;
  });
}

/** The case of Bob, by the list of those that stand so. */
async function openCase(tab: "open" | "promised" | "cleared"): Promise<void> {
  await page.goto(`/dunning?status=${tab}`);
  await page.getByRole("row").filter({ hasText: "Bob" }).getByRole("link").first().click();
  await page.getByRole("heading", { level: 1, name: "Bob" }).waitFor();
}

export async function seeCase(): Promise<void> {
  await told("blocked");
  await openCase("open");
  const happened = page.getByRole("table", { name: "What happened" });
  for (const step of ["Reminder", "Block"]) await happened.getByRole("row").filter({ hasText: step }).first().waitFor();
  await page.getByRole("table", { name: "What comes if nothing is paid" }).getByRole("row").filter({ hasText: "Last reminder" }).getByText("14 Nov 2026").waitFor();
  assert.match(await stands().innerText(), /Overdue\s+€30\.00/);
  await picture("case");
}

/** The reminder goes out on paper, as Bob gets what he gets: one file, which is a ZIP with a PDF in it. */
export async function printLetters(): Promise<void> {
  await page.goto("/invoices/deliveries?status=open");
  await page.getByRole("row").filter({ hasText: "Bob" }).filter({ hasText: "On paper" }).waitFor();
  await page.getByRole("button", { name: "Print what waits" }).click();
  const dialog = asked("Print what waits?");
  await until(() => dialog.getByRole("button", { name: "Print what waits" }).isEnabled());
  await picture("letter");
  const [download] = await Promise.all([page.waitForEvent("download"), dialog.getByRole("button", { name: "Print what waits" }).click()]);
  const file = (await readFile(await download.path())).toString("latin1");
  assert.match(file, /^PK/, "what is saved is a ZIP");
  assert.match(file, /\.pdf/, "with a PDF in it");
  await dialog.waitFor({ state: "detached" });
  await page.goto("/invoices/deliveries?status=sent");
  await page.getByRole("row").filter({ hasText: "Bob" }).filter({ hasText: "On paper" }).waitFor();
}

/** The step that would come is put off; the line stays blocked until the money is there. */
export async function recordPromise(): Promise<void> {
  await openCase("open");
  await stands().getByRole("button", { name: "Record a promise" }).click();
  const drawer = asked("Record a promise");
  await drawer.getByLabel(/^To be paid by/).fill("2026-10-30");
  await picture("promise");
  await send("Record a promise");
  await status("Promised").waitFor();
}

export async function pauseDunning(): Promise<void> {
  await openCase("promised");
  await stands().getByRole("button", { name: "Pause", exact: true }).click();
  const drawer = asked("Pause");
  await drawer.getByRole("textbox", { name: /^Why/ }).fill("Asked about the amount");
  await drawer.getByLabel(/^Goes on from/).fill("2026-11-10");
  await picture("pause");
  await send("Pause");
  await status("Paused").waitFor();
  await page.getByText("Asked about the amount").first().waitFor();
}

export async function takePayment(): Promise<void> {
  await stands().getByRole("link", { name: "Bob" }).click();
  await page.getByRole("heading", { level: 1, name: "Bob" }).waitFor();
  await parts("customer’s page").getByRole("link", { name: "Balance and statement" }).click();
  await page.getByRole("button", { name: "Record payment" }).first().click();
  const pays = await fillPayment({ amount: "30.00", received: "2026-10-26", reference: "TRANSFER-3" });
  await pays.getByText("INV-000003").waitFor();
  assert.match(await pays.innerText(), /INV-000003[^]*€30\.00[^]*Left as credit: €0\.00/);
  await picture("debt-paid");
  await send("Record payment");
  await page.getByText("Nothing is open").waitFor();
}

/** Nobody lifts a hand for it. */
export async function serviceRestored(): Promise<void> {
  await told("open");
  await openCase("cleared");
  await status("Cleared").waitFor();
  await seen("case-cleared");
  await page.goto("/services/bob-line?view=network");
  await status("Open").waitFor();
  await picture("restored");
}
