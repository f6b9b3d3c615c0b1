/** What every page must pass: no accessibility violation, no overflow to the side, no error in the browser's console. */
import { readFile } from "node:fs/promises";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";

const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** The rules as a script of the page; the small form of it is half as much to send and to read. */
const rules = await readFile(new URL(import.meta.resolve("axe-core/axe.min.js")), "utf8");

declare global {
  interface Window {
    axe?: { run: (context: Document, options: RunOptions) => Promise<AxeResults> };
  }
}

/**
 * One line for each violation, with the first element that breaks it.
 *
 * A document gets the rules once and keeps them while one moves about in it; with them anew for each look, as the library's own
 * builder does, a look takes twice as long. What passes is not described: with a selector for each element that is most of the
 * work. Frames are not looked into, and we have none.
 */
export async function violations(page: Page): Promise<string[]> {
  const options: RunOptions = { runOnly: { type: "tag", values: standards }, resultTypes: ["violations"] };
  if (await page.evaluate(() => window.axe === undefined)) await page.evaluate(rules);
  const found = await page.evaluate(async (chosen) => (await window.axe?.run(document, chosen))?.violations, options);
  if (found === undefined) throw new Error("the accessibility rules did not run");
  return found.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.length}×, ${nodes[0]?.html.slice(0, 160) ?? ""}; ${nodes[0]?.failureSummary?.split("\n")[1]?.trim() ?? ""})`);
}

/** How many pixels the document is wider than its window; 0 is right. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/**
 * What the server wrote and what stands on a page from right to left as if it ran that way too, so its full stop or its number is on the
 * wrong side: `dir="auto"` is missing. Words of the pseudo-language begin with a mark, so they are not meant.
 */
export function misdirected(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>();
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
      const [text, parent] = [node.textContent?.trim() ?? "", node.parentElement];
      const runsRight = /^[^\p{L}\u200F]*\p{Script=Latin}/u.test(text) && /^[^\p{L}]|[^\p{L}\d]$/u.test(text);
      if (!runsRight || !parent || parent.closest("script, style, option, svg") || parent.getClientRects().length === 0) continue;
      if (getComputedStyle(parent).direction === "rtl") found.add(`runs from right to left, and is not meant to: “${text.slice(0, 60)}” in ${parent.outerHTML.slice(0, 80)}`);
    }
    return [...found];
  });
}

/** What of a page does not pass: a line for each violation, and for what is wider than the window. */
export async function faults(page: Page): Promise<string[]> {
  const wider = await overflow(page);
  return [...(await violations(page)), ...(wider > 0 ? [`${wider} px wider than the window`] : [])];
}

/** What a server may do without; the console asks once and does without too, but the browser notes the refusal. */
const optional = /\/v1\/(stream|saved-views)\b/;

/**
 * A price that is being written is asked about whenever one stops for a moment, and refused until it is whole: the editor says
 * why. Whoever walks slowly sees that, and the browser notes it.
 */
function isHalfWritten(text: string, url: string): boolean {
  return text.includes("422") && url.endsWith("/v1/pricing/quotes");
}

/** Collects what goes wrong in the page itself: uncaught errors and console errors, but for the 401 before the login. */
export function watch(page: Page): string[] {
  const seen: string[] = [];
  page.on("pageerror", (error) => seen.push(`uncaught: ${error.message}`));
  page.on("console", (message) => {
    const [text, { url }] = [message.text(), message.location()];
    if (message.type() === "error" && !text.includes("401") && !optional.test(url) && !isHalfWritten(text, url)) seen.push(`console: ${text} ${url}`);
  });
  return seen;
}
