/**
 * A clerk's file of usage on a running stack: drops a CSV with one bad line, sees what was counted and why one line was
 * not, mends what waits in quarantine (an unassigned resource, an undefined meter), takes back a second file that should
 * never have been sent, and after the month's end opens the way of a record up to the cent on the invoice.
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
import { readFile } from "node:fs/promises";
import { ask, page, seen, signInAgain, until, walk } from "./walk.ts";

const csv = [
  "id,resource,meter,quantity,started_at",
  "u1,user:alice,data.octets,3400000000,2026-09-10T12:00:00Z",
  "u2,user:box-2,data.octets,1000000000,2026-09-11T12:00:00Z",
  "u3,user:alice,sms.messages,5,2026-09-12T12:00:00Z",
  "oops",
].join("\n");

/** A second file, which should never have been sent: 90 GB that nobody used. */
const badCsv = ["id,resource,meter,quantity,started_at", "b1,user:alice,data.octets,90000000000,2026-09-13T12:00:00Z", "b2,user:alice,data.octets,1000,2026-09-13T13:00:00Z"].join("\n");

await walk([sendTheFile, readWhatWasCounted, assignTheResource, defineTheMeterAndRecycle, takeABadFileBack, letTheMonthPass, followTheRecord]);

async function sendTheFile(): Promise<void> {
  await drop("september.csv", csv, () => seen("upload"));
}

/** Dropped onto the form, as from a folder's window; what kind it is was guessed by its name. */
async function drop(name: string, content: string, look?: () => Promise<void>): Promise<void> {
  await page.goto("/usage/files");
  await page.getByRole("button", { name: "Send a file" }).click();
  const drawer = page.getByRole("dialog", { name: "Send a file" });
  const dropped = await page.evaluateHandle(([called, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([text], called, { type: "text/csv" }));
    return data;
  }, [name, content] as const);
  await drawer.getByRole("group", { name: "The file" }).dispatchEvent("drop", { dataTransfer: dropped });
  await drawer.getByText(name).waitFor();
  await drawer.getByLabel("Source").fill("olt-1");
  await look?.();
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

/** A bad file counts, is taken back whole, counts again when it is put back, and is taken back for good. */
async function takeABadFileBack(): Promise<void> {
  await drop("bad.csv", badCsv);
  const file = page.url();
  await takeBack("file-take-back");
  const outcome = page.getByRole("region", { name: "What became of the records" });
  await page.locator(".status").filter({ hasText: "Taken back" }).first().waitFor();
  assert.match(await outcome.innerText(), /Taken back\s+2\s+Put back\s+0\s+Records\s+2/);
  await until(async () => ((await ask("GET", "/v1/usage/records?source=olt-1&state=retracted")) as { total: number }).total === 2);
  await seen("taken-back");
  await page.getByRole("button", { name: "Put back" }).click();
  await page.getByRole("dialog", { name: "Put these records back?" }).getByRole("button", { name: "Put back" }).click();
  await page.locator(".status").filter({ hasText: "Put back" }).first().waitFor();
  assert.match(await outcome.innerText(), /Taken back\s+0\s+Put back\s+2\s+Records\s+2/);
  await page.goto(file);
  await takeBack();
  await page.goto("/usage/retractions");
  await page.getByRole("table", { name: "Usage taken back" }).getByRole("row", { name: /bad\.csv.*Taken back.*A bad file/ }).first().waitFor();
  await seen("retractions");
}

async function takeBack(picture?: string): Promise<void> {
  await page.getByRole("button", { name: "Take back this file" }).click();
  const dialog = page.getByRole("dialog", { name: "Take back this file?" });
  await dialog.getByText(/Records to take back\s*2/).waitFor();
  await dialog.getByLabel("Reason").selectOption({ label: "A bad file" });
  if (picture) await seen(picture);
  await dialog.getByRole("button", { name: "Take back" }).click();
  await page.waitForURL("**/usage/retractions/*");
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
  await signInAgain();
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
