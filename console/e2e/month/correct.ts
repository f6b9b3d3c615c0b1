/**
 * What was issued is corrected: a line of it credited, the credit note's documents, the whole issued anew and verified; the next
 * month is left to the machine, and no number is missing.
 *
 *     Bob, September   10.00 + 15.00, 20 % of 25.00 = 5.00           30.00
 *     credited         10.00, 20 % of it = 2.00                      12.00    left 18.00
 *     anew             all that is left is credited, drafted again   30.00
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ask, page, seen, until } from "../walk.ts";
import { asked, picture, send, side } from "./frame.ts";

const run = promisify(execFile);
const parts = () => page.getByRole("navigation", { name: "Parts of the invoice" });

export async function creditLine(): Promise<void> {
  await page.goto("/invoices?status=all&account_id=bob");
  await page.getByRole("row").filter({ hasText: "€30.00" }).getByRole("link").first().click();
  const lines = page.getByRole("region", { name: "Lines" });
  for (const [text, amount] of [["15 of 30 days of Home", "€10.00"], ["15 of 30 days of Fibre 500", "€15.00"]] as const) await lines.getByRole("row").filter({ hasText: text }).filter({ hasText: amount }).first().waitFor();
  await page.getByRole("button", { name: "Credit", exact: true }).click();
  const dialog = asked("Credit this invoice?");
  await dialog.getByRole("radio", { name: "Lines" }).check();
  await dialog.getByRole("row").filter({ hasText: "€10.00" }).getByRole("checkbox").check();
  await dialog.getByRole("combobox", { name: /^Reason/ }).selectOption("service_outage");
  await dialog.getByText("Left afterwards, before tax").waitFor();
  assert.match(await dialog.innerText(), /Left afterwards, before tax\s+€15\.00/);
  await picture("credit");
  await send("Credit this invoice?", "Credit");
  await side().getByText("€18.00").first().waitFor();
}

/** Its PDF is the server's; the electronic form says what is missing where it can't be made. */
export async function creditNoteDocuments(): Promise<void> {
  const invoice = page.url();
  await parts().getByRole("link", { name: "Credit notes" }).click();
  await page.getByRole("table", { name: "Credit notes" }).getByRole("link", { name: "CN-000001" }).click();
  await page.getByRole("heading", { level: 1, name: "CN-000001" }).waitFor();
  const documents = page.getByRole("region", { name: "Documents" });
  const pdf = await documents.getByRole("link", { name: "Open PDF" }).getAttribute("href");
  const file = await page.request.get(pdf ?? "");
  assert.equal((await file.body()).subarray(0, 5).toString(), "%PDF-", "the PDF of the credit note opens");
  await documents.getByRole("button", { name: "XML (UBL)" }).waitFor();
  await picture("credit-note");
  await page.goto(invoice);
}

/** What is left is credited too, what was billed is a draft again, and gets a number of its own. */
export async function issueAnew(): Promise<void> {
  const invoice = page.url();
  await page.getByRole("button", { name: "Issue anew" }).click();
  const dialog = asked("Issue this invoice anew?");
  await dialog.getByText("€18.00").waitFor();
  await dialog.getByRole("combobox", { name: /^Reason/ }).selectOption("wrong_details");
  await dialog.getByRole("button", { name: "Issue anew" }).click();
  await page.waitForURL((url) => url.pathname.startsWith("/invoices/") && url.href !== invoice);
  await page.locator(".status").filter({ hasText: "Draft" }).first().waitFor();
  await seen("reissued-draft");
  await side().getByRole("button", { name: "Issue", exact: true }).click();
  await send("Issue this invoice?", "Issue");
  await page.getByRole("heading", { level: 1, name: "INV-000003" }).waitFor();
  await verifyDocument();
  await page.evaluate(() => scrollTo(0, 0));
  await picture("issue-anew");
  await turnOnAutomaticRuns();
  await nextNumber();
}

/** The page tells the hash of what was issued; the PDF carries the same, and the machine checks it by what it carries itself. */
async function verifyDocument(): Promise<void> {
  const proof = page.getByRole("region", { name: "Proof" });
  await proof.getByRole("button", { name: "Verify" }).click();
  await proof.getByText("It says today what was issued").waitFor();
  assert.match(await proof.innerText(), /INV · 3\b[^]*INV-000002/);
  const href = await side().getByRole("link", { name: "Open PDF" }).getAttribute("href");
  const folder = await mkdtemp(join(tmpdir(), "verify-"));
  const file = join(folder, "INV-000003.pdf");
  await writeFile(file, await (await page.request.get(href ?? "")).body());
  const { stdout } = await run("meterlog", ["verify-document", file, "--json"]);
  await rm(folder, { recursive: true });
  const checked = JSON.parse(stdout) as { holds: boolean; number: string; sha256: string; fingerprint: string };
  assert.deepEqual([checked.holds, checked.number], [true, "INV-000003"]);
  const told = await proof.getByRole("code").allInnerTexts();
  assert.deepEqual(told, [checked.fingerprint, checked.sha256], "the page and the PDF tell the same hash");
}

/** The next month is left to the machine. */
async function turnOnAutomaticRuns(): Promise<void> {
  await page.goto("/billing-runs/automatic");
  await page.getByRole("button", { name: "Turn on Monthly" }).click();
  const drawer = page.getByRole("dialog", { name: "Automatic runs of Monthly" });
  await drawer.getByRole("textbox", { name: /^Hours/ }).fill("30");
  await drawer.getByRole("button", { name: "Turn on" }).click();
  await drawer.waitFor({ state: "detached" });
  const row = page.getByRole("row").filter({ hasText: "Monthly" });
  await row.getByText("30 hours").waitFor();
  assert.match(await row.innerText(), /1 Nov 2026/);
  await until(async () => ((await ask("GET", "/v1/automatic-runs/monthly")) as { period_end: string }).period_end === "2026-11-01");
  await seen("automatic-runs");
}

/** Three invoices and two credit notes were numbered, none is missing. */
async function nextNumber(): Promise<void> {
  await page.goto("/settings/numbering");
  const table = page.getByRole("table", { name: "Numbering" });
  await table.getByRole("row").filter({ hasText: "INV-000004" }).filter({ hasText: "3, no gap" }).waitFor();
  await table.getByRole("row").filter({ hasText: "CN-000003" }).filter({ hasText: "2, no gap" }).waitFor();
  await seen("numbering");
}
