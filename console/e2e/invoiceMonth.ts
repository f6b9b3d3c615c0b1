/**
 * A clerk invoices a month on a running stack: runs it dry, mends what is unusual, confirms with the number typed, opens an
 * invoice, credits one of its lines, has the documents of the credit note, issues it anew, and verifies what was issued.
 *
 *     node e2e/invoiceMonth.ts --base-url http://127.0.0.1:8080 --email clerk@example --password … --key mk_…
 *
 * The stack has a test clock at 1 October 2026, 02:00, the cycle `monthly` of the calendar's months, and two customers on plan
 * Home since 1 September (20.00 for the line and 5.00 for the router, in arrears): `alice`, taxed at 20 %, and `bob`, whose
 * tax profile names a country that has no rate. tests/console/test_invoice_month.py sets all of this up.
 *
 *     September   20.00 + 5.00, 20 % of 25.00 = 5.00                     30.00
 *     credited    5.00, 20 % of it = 1.00                                 6.00    left 24.00
 *     anew        all that is left is credited, and drafted again        30.00
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Page } from "playwright-core";
import { ask, page, seen, until, walk } from "./walk.ts";

const run = promisify(execFile);

await walk([dryRun, mendTaxProfile, runAgain, confirmRun, openInvoice, creditLine, creditNoteDocuments, reissue, issueAnew, turnOnAutomaticRuns, nextNumber]);

/** From the list's own button; what is unusual stands on the page of the dry run, with the customer to look at. */
async function dryRun(): Promise<void> {
  await runBilling();
  const unusual = page.getByRole("region", { name: "Unusual" });
  await unusual.getByText("Tax data is missing").waitFor();
  await unusual.getByRole("link", { name: "Bob" }).waitFor();
  await seen("dry-run");
}

/** The clerk follows the warning to the customer, and gives the account one rate. */
async function mendTaxProfile(): Promise<void> {
  await page.getByRole("region", { name: "Unusual" }).getByRole("link", { name: "Bob" }).click();
  await page.getByRole("heading", { level: 1, name: "Bob" }).waitFor();
  await page.getByRole("navigation", { name: "Parts of the customer’s page" }).getByRole("link", { name: "Billing profile" }).click();
  const tax = page.getByRole("region", { name: "Tax profile" });
  await tax.getByText("By rules and tax tables").waitFor();
  await seen("bill-profile");
  await tax.getByRole("button", { name: "Change Tax profile" }).click();
  const drawer = page.getByRole("dialog", { name: "Tax profile" });
  await drawer.getByRole("combobox", { name: /^How it is taxed/ }).selectOption("account_rate");
  await drawer.getByRole("textbox", { name: /^Rate in %/ }).fill("20");
  await seen("bill-profile-change");
  await drawer.getByRole("button", { name: "Save" }).click();
  await drawer.waitFor({ state: "detached" });
  await tax.getByText("At one rate").waitFor();
}

async function runAgain(): Promise<void> {
  await runBilling();
  await page.getByText("Nothing is unusual").waitFor();
  const side = page.getByRole("complementary", { name: "Summary" });
  assert.match(await side.innerText(), /Invoices\s+2\b[^]*Total\s+€60\.00/);
}

/** The number of invoices is typed; the run that issues them opens, and is followed to its end. */
async function confirmRun(): Promise<void> {
  const dry = page.url();
  await page.getByRole("complementary", { name: "Summary" }).getByRole("button", { name: "Confirm and issue" }).click();
  const dialog = page.getByRole("dialog", { name: "Issue these invoices?" });
  const confirm = dialog.getByRole("button", { name: "Confirm and issue" });
  assert.ok(await confirm.isDisabled(), "nothing is issued before the number is typed");
  await dialog.getByRole("textbox").fill("3");
  assert.ok(await confirm.isDisabled(), "another number is no confirmation");
  await dialog.getByRole("textbox").fill("2");
  await seen("confirm");
  await confirm.click();
  await page.waitForURL((url) => url.pathname.startsWith("/billing-runs/") && url.href !== dry);
  await page.locator(".status").filter({ hasText: "Completed" }).first().waitFor();
  await page.getByRole("navigation", { name: "Parts of the run" }).getByRole("link", { name: "Accounts" }).click();
  await page.getByRole("table", { name: "Accounts" }).getByRole("row").filter({ hasText: "INV-000002" }).waitFor();
  await seen("run-completed");
}

async function openInvoice(): Promise<void> {
  await page.getByRole("complementary", { name: "Summary" }).getByRole("link", { name: "Show them" }).click();
  await page.getByRole("row").filter({ hasText: "alice" }).getByRole("link").first().click();
  await page.getByRole("heading", { level: 1, name: /^INV-00000/ }).waitFor();
  assert.match(await page.getByRole("complementary", { name: "Summary" }).innerText(), /Net\s+€25\.00\s+Tax\s+€5\.00\s+Total\s+€30\.00/);
  await page.getByRole("navigation", { name: "Parts of the invoice" }).getByRole("link", { name: "Taxes" }).click();
  await page.getByRole("table", { name: "Taxes" }).getByRole("row").filter({ hasText: "€5.00" }).waitFor();
  await seen("invoice-taxes");
  await page.getByRole("navigation", { name: "Parts of the invoice" }).getByRole("link", { name: "Lines" }).click();
}

async function creditLine(): Promise<void> {
  await page.getByRole("button", { name: "Credit", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Credit this invoice?" });
  await dialog.getByRole("radio", { name: "Lines" }).check();
  await dialog.getByRole("row").filter({ hasText: "€5.00" }).getByRole("checkbox").check();
  await dialog.getByRole("combobox", { name: /^Reason/ }).selectOption("service_outage");
  await dialog.getByText("Left afterwards, before tax").waitFor();
  assert.match(await dialog.innerText(), /Left afterwards, before tax\s+€20\.00/);
  await seen("credit-line");
  await dialog.getByRole("button", { name: "Credit", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("complementary", { name: "Summary" }).getByText("€24.00").first().waitFor();
}

/** Its PDF is the server's; the electronic form says what is missing where it can't be made. */
async function creditNoteDocuments(): Promise<void> {
  const invoice = page.url();
  await page.getByRole("navigation", { name: "Parts of the invoice" }).getByRole("link", { name: "Credit notes" }).click();
  await page.getByRole("table", { name: "Credit notes" }).getByRole("link", { name: "CN-000001" }).click();
  await page.getByRole("heading", { level: 1, name: "CN-000001" }).waitFor();
  const documents = page.getByRole("region", { name: "Documents" });
  const pdf = await documents.getByRole("link", { name: "Open PDF" }).getAttribute("href");
  const file = await page.request.get(pdf ?? "");
  assert.equal((await file.body()).subarray(0, 5).toString(), "%PDF-", "the PDF of the credit note opens");
  await documents.getByRole("button", { name: "XML (UBL)" }).waitFor();
  await seen("credit-note");
  await page.goto(invoice);
}

/** What is left is credited too, and what was billed is a draft again. */
async function reissue(): Promise<void> {
  const invoice = page.url();
  await page.getByRole("button", { name: "Issue anew" }).click();
  const dialog = page.getByRole("dialog", { name: "Issue this invoice anew?" });
  await dialog.getByText("€24.00").waitFor();
  await dialog.getByRole("combobox", { name: /^Reason/ }).selectOption("wrong_details");
  await dialog.getByRole("button", { name: "Issue anew" }).click();
  await page.waitForURL((url) => url.pathname.startsWith("/invoices/") && url.href !== invoice);
  await page.locator(".status").filter({ hasText: "Draft" }).first().waitFor();
  await seen("reissued-draft");
}

async function issueAnew(): Promise<void> {
  await page.getByRole("complementary", { name: "Summary" }).getByRole("button", { name: "Issue", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Issue this invoice?" });
  await dialog.getByRole("button", { name: "Issue", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("heading", { level: 1, name: "INV-000003" }).waitFor();
  await verifyDocument();
  await seen("issued-anew");
}

/** The page tells the hash of what was issued; the PDF carries the same, and the machine checks it by what it carries itself. */
async function verifyDocument(): Promise<void> {
  const proof = page.getByRole("region", { name: "Proof" });
  await proof.getByRole("button", { name: "Verify" }).click();
  await proof.getByText("It says today what was issued").waitFor();
  assert.match(await proof.innerText(), /INV · 3\b[^]*INV-000002/);
  const href = await page.getByRole("complementary", { name: "Summary" }).getByRole("link", { name: "Open PDF" }).getAttribute("href");
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

async function runBilling(): Promise<void> {
  await page.goto("/billing-runs");
  await page.getByRole("button", { name: "Run billing" }).click();
  const drawer = page.getByRole("dialog", { name: "Run billing" });
  await choose(drawer.getByRole("combobox", { name: "A billing cycle" }), "Monthly");
  await drawer.getByLabel("Periods that ended on or before").fill("2026-10-01");
  assert.ok(await drawer.getByRole("checkbox", { name: /^Dry run/ }).isChecked(), "a run is dry unless it is said otherwise");
  await drawer.getByRole("button", { name: "Begin" }).click();
  await page.waitForURL((url) => /^\/billing-runs\/(?!automatic)./.test(url.pathname));
  await page.locator(".status").filter({ hasText: "Not confirmed" }).first().waitFor();
}

async function choose(field: ReturnType<Page["getByRole"]>, text: string): Promise<void> {
  await field.fill(text);
  await page.getByRole("option", { name: text }).first().click();
}
