/**
 * How long it takes from a change of a filter to the rows, in a real browser, on the list of invoices of a running stack.
 *
 *     node e2e/filterTime.ts --base-url http://127.0.0.1:8080 --email … --password … --changes 120
 *     {"tab": [112.4, …], "days": [98.1, …], "text": [130.2, …]}
 *
 * No filter comes twice, so that none is answered by what the console still knows. Time runs from the click or the chosen
 * day, of typing from when the hand has rested, to the frame in which the rows are painted.
 */
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { openBrowser, openContext } from "./browser.ts";
import { signIn } from "./story.ts";

const { values } = parseArgs({
  options: {
    "base-url": { type: "string", default: "http://127.0.0.1:8080" },
    email: { type: "string", default: "" },
    password: { type: "string", default: "" },
    changes: { type: "string", default: "120" },
  },
});

type Kind = "tab" | "days" | "text";

/** In the browser: the next change of that kind counts, until the rows are no longer busy and have been painted. */
function rowsAfterNext(page: Page, kind: Kind) {
  return page.evaluateHandle((kind) => {
    const rows = document.querySelector(".data-table-rows");
    if (!rows) throw new Error("there is no list");
    let began: number | null = null;
    let wasBusy = false;
    const ms = new Promise<number>((resolve) => {
      const begin = () => { began ??= performance.now(); };
      if (kind === "text") {
        const original = history.replaceState.bind(history);
        history.replaceState = (...given) => { begin(); history.replaceState = original; original(...given); };
      } else {
        document.addEventListener(kind === "tab" ? "click" : "input", begin, { capture: true, once: true });
      }
      const seen = new MutationObserver(() => {
        const isBusy = rows.getAttribute("aria-busy") === "true";
        wasBusy ||= isBusy;
        if (began === null || !wasBusy || isBusy) return;
        seen.disconnect();
        const from = began;
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - from)));
      });
      seen.observe(rows, { attributes: true, attributeFilter: ["aria-busy"] });
    });
    return { ms };
  }, kind);
}

async function timed(page: Page, kind: Kind, change: () => Promise<void>): Promise<number> {
  const timing = await rowsAfterNext(page, kind);
  await change();
  return timing.evaluate(({ ms }) => ms);
}

const day = (n: number) => new Date(Date.UTC(2024, 0, 1 + ((n * 37) % 900))).toISOString().slice(0, 10);
const tabs = ["Overdue", "Draft", "Paid", "Void", "All", "Outstanding"];

const browser = await openBrowser();
const context = await openContext(browser, values["base-url"], { theme: "light", width: 1366, height: 768 });
const page = await context.newPage();
page.setDefaultTimeout(60_000);
await signIn(page, { email: values.email, password: values.password });
await page.goto("/invoices?status=all");
await page.locator("tbody th a").first().waitFor();

const found: Record<Kind, number[]> = { tab: [], days: [], text: [] };
for (let n = 0; n < Number(values.changes); n += 3) {
  // Another day goes with each tab: none was shown before.
  const name = tabs[(n / 3) % tabs.length] ?? "All";
  found.days.push(await timed(page, "days", () => page.getByLabel("Issued from").fill(day(n))));
  found.tab.push(await timed(page, "tab", () => page.locator("nav.tabs").getByRole("link", { name: new RegExp(`^${name}`) }).click()));
  found.text.push(await timed(page, "text", () => page.locator(".filters input[type=search]").fill(`acc-00${String(n * 31 % 3333).padStart(4, "0").slice(0, 3)}${n % 10}`)));
}
await browser.close();
console.log(JSON.stringify(found));
