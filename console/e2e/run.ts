/**
 * Walks the console in a real browser, in light and dark, on a desk and in a hand, and holds every page to the checks.
 *
 *     npm run e2e -- --base-url http://127.0.0.1:8080 --email admin@example --password … --shots test-results
 *
 * Exit 0 when all is well, 1 with a list of what is not. `--looks light-1366,dark-390` runs some of the looks only; the
 * first of them also sees what is sold and to whom, fetches a report as a file and walks the edges. `--wrong-only` takes pictures only of pages that don't pass.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Browser, Page } from "playwright-core";
import { openBrowser, openContext, type Look } from "./browser.ts";
import { faults, watch } from "./checks.ts";
import { edges } from "./edges.ts";
import { rating } from "./rating.ts";
import { reportFile } from "./reportFile.ts";
import { settled, underWay } from "./settled.ts";
import { story } from "./story.ts";

const looks: Readonly<Record<string, Look>> = {
  "light-1366": { theme: "light", width: 1366, height: 768 },
  "dark-1366": { theme: "dark", width: 1366, height: 768 },
  "light-390": { theme: "light", width: 390, height: 844 },
  "dark-390": { theme: "dark", width: 390, height: 844 },
};

const { values } = parseArgs({
  options: {
    "base-url": { type: "string", default: "http://127.0.0.1:8080" },
    email: { type: "string" },
    password: { type: "string" },
    shots: { type: "string" },
    "wrong-only": { type: "boolean", default: false },
    looks: { type: "string", default: Object.keys(looks).join(",") },
  },
});

async function walk(browser: Browser, name: string, look: Look, withEdges: boolean): Promise<string[]> {
  const context = await openContext(browser, values["base-url"], look);
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  const complaints = watch(page);
  const requests = underWay(page);
  const visit = async (place: string, visited: Page) => {
    await settled(visited, requests);
    const found = await faults(visited);
    complaints.push(...found.map((line) => `${place}: ${line}`));
    // What lies over the page covers the window, not the page's whole length.
    const fullPage = (await visited.locator("dialog[open]").count()) === 0;
    if (values.shots && !(values["wrong-only"] && found.length === 0)) await visited.screenshot({ path: join(values.shots, `${place}-${name}.png`), fullPage });
  };
  const member = { email: values.email ?? "", password: values.password ?? "" };
  try {
    await story(page, member, visit);
    if (withEdges) await rating(page, visit);
    if (withEdges && values.shots) await reportFile(page, values.shots);
    if (withEdges) await edges(page, member, visit);
  } catch (error) {
    if (values.shots) await page.screenshot({ path: join(values.shots, `failed-${name}.png`) });
    complaints.push(`${page.url()}: ${error instanceof Error ? error.message : String(error)}`);
  }
  await context.close();
  return complaints;
}

if (values.shots) await mkdir(values.shots, { recursive: true });
const browser = await openBrowser();
let failed = 0;
const chosen = values.looks.split(",").map((name) => {
  const look = looks[name];
  if (!look) throw new Error(`no such look: ${name}; there are ${Object.keys(looks).join(", ")}`);
  return { name, look };
});
/** Nobody's walk changes what another one sees, and a walk waits half of its time. */
const AT_ONCE = 2;
for (let first = 0; first < chosen.length; first += AT_ONCE) {
  const together = chosen.slice(first, first + AT_ONCE);
  const walked = await Promise.all(together.map(async ({ name, look }, n) => ({ name, complaints: await walk(browser, name, look, first + n === 0) })));
  for (const { name, complaints } of walked) {
    failed += complaints.length;
    console.log(`${complaints.length === 0 ? "ok  " : "FAIL"} ${name}`);
    complaints.forEach((complaint) => console.log(`     ${complaint}`));
  }
}
await browser.close();
process.exit(failed === 0 ? 0 : 1);
