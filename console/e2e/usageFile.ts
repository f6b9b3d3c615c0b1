/**
 * A clerk's file of usage on a running stack: drops a CSV with one bad line, sees what was counted and why one line was
 * not, mends what waits in quarantine (an unassigned resource, an undefined meter), and after the month's end opens the
 * way of a record up to the cent on the invoice.
 *
 *     node e2e/usageFile.ts --base-url http://127.0.0.1:8080 --email clerk@example --password … --key mk_…
 *
 * The stack has a test clock at 16 September 2026 and the customer `alice`, whose line is `user:alice`, on plan Home. `--key`
 * is the world's: it lets time pass. Exit 0 when all was seen, 1 with what was not. tests/console/test_usage_file.py sets
 * all of this up.
 *
 *     Home           the month                                        20.00
 *     data           3.4 + 1.0 GB: 5 started × 0.50                    2.50
 *     text messages  5 × 0.10                                          0.50
 */
import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openBrowser, openContext } from "./browser.ts";
import { overflow, violations, watch } from "./checks.ts";
import { signIn } from "./story.ts";

const { values } = parseArgs({
  options: {
    "base-url": { type: "string", default: "http://127.0.0.1:8080" },
    email: { type: "string", default: "" },
    password: { type: "string", default: "" },
    key: { type: "string", default: "" },
    shots: { type: "string" },
  },
});

const csv = [
  "id,resource,meter,quantity,started_at",
  "u1,user:alice,data.octets,3400000000,2026-09-10T12:00:00Z",
  "u2,user:box-2,data.octets,1000000000,2026-09-11T12:00:00Z",
  "u3,user:alice,sms.messages,5,2026-09-12T12:00:00Z",
  "oops",
].join("\n");

const browser = await openBrowser();
const context = await openContext(browser, values["base-url"], { theme: "light", width: 1366, height: 768 });
const page = await context.newPage();
page.setDefaultTimeout(20_000);
const complaints = watch(page);
if (values.shots) await mkdir(values.shots, { recursive: true });

try {
  await signIn(page, { email: values.email, password: values.password });
  await sendTheFile();
  await readWhatWasCounted();
  await assignTheResource();
  await defineTheMeterAndRecycle();
  await letTheMonthPass();
  await followTheRecord();
} catch (error) {
  if (values.shots) await page.screenshot({ path: join(values.shots, "failed.png"), fullPage: true });
  complaints.push(`${page.url()}: ${error instanceof Error ? error.message : String(error)}`);
}
await browser.close();
complaints.forEach((complaint) => console.log(complaint));
process.exit(complaints.length === 0 ? 0 : 1);

async function seen(name: string): Promise<void> {
  if (values.shots) await page.screenshot({ path: join(values.shots, `${name}.png`), fullPage: (await page.locator("dialog[open]").count()) === 0 });
  complaints.push(...(await violations(page)).map((line) => `${name}: ${line}`));
  const wider = await overflow(page);
  if (wider > 0) complaints.push(`${name}: ${wider} px wider than the window`);
}

/** Dropped onto the form, as from a folder's window; what kind it is was guessed by its name. */
async function sendTheFile(): Promise<void> {
  await page.goto("/usage/files");
  await page.getByRole("button", { name: "Send a file" }).click();
  const drawer = page.getByRole("dialog", { name: "Send a file" });
  const dropped = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "september.csv", { type: "text/csv" }));
    return data;
  }, csv);
  await drawer.getByRole("group", { name: "The file" }).dispatchEvent("drop", { dataTransfer: dropped });
  await drawer.getByText("september.csv").waitFor();
  await drawer.getByLabel("Source").fill("olt-1");
  await seen("upload");
  await drawer.getByRole("button", { name: "Send", exact: true }).click();
  await page.waitForURL("**/usage/files/usage-file-*");
}

async function readWhatWasCounted(): Promise<void> {
  await page.locator(".status").filter({ hasText: "Done" }).first().waitFor();
  const outcome = page.getByRole("region", { name: "What was counted" });
  await outcome.getByText(/^4$/).waitFor();
  // By now each record is in one of these.
  await outcome.locator("dd a", { hasText: "2" }).waitFor();
  assert.match(await outcome.innerText(), /Counted\s+1\s+In quarantine\s+2\s+Refused\s+1\s+Lines read\s+4/);
  const refused = page.getByRole("region", { name: "Refused lines" });
  await refused.getByRole("row", { name: /^4 Malformed/ }).getByText("a row has 5 cells as the header row has, not 1").waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), refused.getByRole("link", { name: "Download the refused lines" }).click()]);
  const lines = (await readFile(await download.path(), "utf8")).split("\r\n");
  assert.deepEqual(lines.slice(0, 2), ["piece,code,reason", '4,malformed,"a row has 5 cells as the header row has, not 1"']);
  await seen("file");
}

/** The line is registered and assigned; what was parked for it comes back by itself. */
async function assignTheResource(): Promise<void> {
  await page.getByRole("region", { name: "What was counted" }).locator("dd a", { hasText: "2" }).click();
  const parked = page.getByRole("table", { name: "Quarantine" });
  await parked.getByRole("row", { name: /u2.*Unknown resource/ }).waitFor();
  await parked.getByRole("row", { name: /u3.*Unknown meter/ }).waitFor();
  await seen("quarantine");
  await page.goto("/usage/resources");
  await page.getByRole("button", { name: "Register a resource" }).click();
  const drawer = page.getByRole("dialog", { name: "Register a resource" });
  await drawer.getByLabel("Name on the equipment").fill("user:box-2");
  await drawer.getByRole("button", { name: "Register a resource" }).click();
  await drawer.waitFor({ state: "detached" });
  await page.goto("/usage/resources/user%3Abox-2");
  await page.getByRole("button", { name: "Assign" }).click();
  const assign = page.getByRole("dialog", { name: "Assign user:box-2" });
  await assign.getByRole("combobox", { name: /^Customer/ }).fill("Ali");
  await page.getByRole("option", { name: /Alice/ }).first().click();
  await assign.getByRole("combobox", { name: /^Subscription/ }).selectOption("alice-line");
  await assign.getByLabel(/^From/).fill("2026-09-01T00:00");
  await assign.getByRole("button", { name: "Assign" }).click();
  await assign.waitFor({ state: "detached" });
  await seen("assigned");
  await until(async () => ((await ask("GET", "/v1/usage/quarantine?id=u2")) as { total: number }).total === 0);
}

/** A meter is defined; then the record that waited for it is chosen, and tried once more. */
async function defineTheMeterAndRecycle(): Promise<void> {
  await page.goto("/usage/meters?create=1");
  const drawer = page.getByRole("dialog", { name: "Define a meter" });
  await drawer.getByLabel(/^Id/).fill("sms.messages");
  await drawer.getByLabel(/^Name/).fill("Text messages");
  await drawer.getByLabel(/^Unit/).fill("message");
  await drawer.getByRole("button", { name: "Define a meter" }).click();
  await drawer.waitFor({ state: "detached" });
  await page.goto("/usage/meters/sms.messages");
  await page.getByRole("region", { name: "Plans with a price for it" }).getByRole("link", { name: "Home" }).waitFor();
  await seen("meter");
  await page.goto("/usage/quarantine?id=u3");
  await page.getByRole("table", { name: "Quarantine" }).getByRole("checkbox").first().click();
  await page.getByRole("button", { name: "Recycle" }).click();
  const dialog = page.getByRole("dialog", { name: "Try these records again?" });
  await dialog.getByRole("button", { name: "Recycle" }).click();
  await page.getByRole("dialog", { name: "What came of it" }).getByText("1 counted, 0 still wait").waitFor();
  await seen("recycled");
}

/** The end of the month with an hour's grace, and the billing run. */
async function letTheMonthPass(): Promise<void> {
  await until(async () => ((await ask("GET", "/v1/usage/records?source=olt-1&state=rated")) as { total: number }).total === 3);
  await ask("POST", "/v1/clock/advance", { to: "2026-10-01T01:30:00Z" });
  const { id } = (await ask("POST", "/v1/billing-runs", { scope: { cycle_id: "monthly" }, target_date: "2026-10-01" })) as { id: string };
  await until(async () => ((await ask("GET", `/v1/billing-runs/${id}`)) as { status: string }).status !== "running");
  await until(async () => ((await ask("GET", "/v1/usage/records?source=olt-1&state=billed")) as { total: number }).total === 3);
}

/** From the record to its charge, to its line of the invoice, to how the amount comes about. */
async function followTheRecord(): Promise<void> {
  // Two weeks have passed: whoever was signed in is asked again.
  await context.clearCookies();
  await signIn(page, { email: values.email, password: values.password });
  await page.goto("/usage?source=olt-1");
  await page.getByRole("link", { name: "Open the record u2" }).click();
  await page.getByRole("heading", { name: "From the device to the invoice" }).waitFor();
  await page.getByText("€2.50").first().waitFor();
  await seen("record");
  await page.getByRole("link", { name: /^Line \d+ of / }).click();
  const panel = page.getByRole("dialog", { name: /^Why/ });
  await panel.getByRole("table", { name: "How the amount comes about" }).getByText("€2.50").first().waitFor();
  await seen("explained");
}

async function ask(method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(new URL(path, values["base-url"]), {
    method, headers: { Authorization: `Bearer ${values.key}`, "Content-Type": "application/json" }, ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 60_000; !(await isSo()); ) {
    if (Date.now() > deadline) throw new Error(`not within a minute: ${String(isSo)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
