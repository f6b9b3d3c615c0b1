/** What every page must pass: no accessibility violation, no overflow to the side, no error in the browser's console. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/**
 * One line for each violation, with the first element that breaks it.
 *
 * What passes is not described: with a selector for each element that is most of the work. "Legacy" is what the library calls
 * a check in the page itself, without a blank page for the results; it misses only frames of another origin, and we have none.
 */
export async function violations(page: Page): Promise<string[]> {
  const options = { runOnly: { type: "tag" as const, values: standards }, resultTypes: ["violations" as const] };
  const { violations: found } = await new AxeBuilder({ page }).options(options).setLegacyMode().analyze();
  return found.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.length}×, ${nodes[0]?.html.slice(0, 160) ?? ""}; ${nodes[0]?.failureSummary?.split("\n")[1]?.trim() ?? ""})`);
}

/** How many pixels the document is wider than its window; 0 is right. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
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
