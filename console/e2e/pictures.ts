/**
 * Takes the pictures of the documentation from a stack that runs the demo.
 *
 *     npm run pictures -- --base-url http://127.0.0.1:8080 --email admin@demo.example --password …
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { openBrowser, openContext } from "./browser.ts";
import { signIn } from "./story.ts";
import { asWebp } from "./webp.ts";

const { values } = parseArgs({
  options: {
    "base-url": { type: "string", default: "http://127.0.0.1:8080" },
    email: { type: "string", default: "admin@demo.example" },
    password: { type: "string", default: "" },
    out: { type: "string", default: new URL("../../docs/images", import.meta.url).pathname },
  },
});

interface Line { n: number; kind: string; net: { amount: string } }

/** The path of a usage line that costs something, on the dearest invoice that has one: there is something to explain. */
async function lineToExplain(page: Page): Promise<string> {
  const { items } = (await (await page.request.get("/v1/invoices?status=issued&sort=-total&limit=20")).json()) as { items: { id: string }[] };
  for (const { id } of items) {
    const { lines } = (await (await page.request.get(`/v1/invoices/${id}`)).json()) as { lines: Line[] };
    const line = lines.find(({ kind, net }) => kind === "usage" && !/^0(\.0*)?$/.test(net.amount));
    if (line) return `/invoices/${id}?explain=${line.n}`;
  }
  throw new Error("no invoice has a usage line that costs something; run the demo");
}

await mkdir(values.out, { recursive: true });
const browser = await openBrowser();
const context = await openContext(browser, values["base-url"], { theme: "light", width: 1366, height: 800 });
const page = await context.newPage();
/** Of a page that has all it shows. */
async function take(name: string): Promise<void> {
  await page.waitForFunction(() => document.querySelectorAll("main .skeleton").length === 0);
  await writeFile(join(values.out, `${name}.webp`), await asWebp(page));
}

await signIn(page, { email: values.email, password: values.password });
await page.getByRole("region", { name: "Services" }).getByRole("row").nth(5).waitFor();
await page.getByRole("list", { name: "Recent events" }).waitFor();
await take("overview");
await page.goto("/invoices?status=all");
await page.locator("tbody th a").first().waitFor();
await take("invoices");
await page.goto(await lineToExplain(page));
await page.getByRole("table", { name: "Usage records counted" }).getByRole("row").nth(1).waitFor();
await page.getByText("In force since").waitFor();
// Away from the close button, which has the focus: nobody has pressed a key.
await page.getByText(/^Line \d+ of/).click();
await take("explain");
await page.emulateMedia({ colorScheme: "dark" });
await page.goto("/analytics");
await page.locator("main figure").nth(2).waitFor();
await page.locator("main figure").first().evaluate((one) => one.scrollIntoView({ block: "end" }));
await take("analytics");
await browser.close();
