/**
 * When a page has come to rest. What is checked before that differs with the speed of the machine: a table that still loads has
 * other rows than one that is there.
 */
import type { Page, Request } from "playwright-core";

/** What a page asks for from now on and has not got yet, but for the stream, which has no end, and a file that is saved, which is no page's. */
export function underWay(page: Page): ReadonlySet<Request> {
  const requests = new Set<Request>();
  page.on("request", (request) => void (new URL(request.url()).pathname === "/v1/stream" || request.isNavigationRequest() || requests.add(request)));
  page.on("requestfinished", (request) => requests.delete(request));
  page.on("requestfailed", (request) => requests.delete(request));
  return requests;
}

/** What is read may ask for more: nothing is under way, the page has nothing left to do, and so it stays for a moment. */
const QUIET_MS = 60;

/** Nothing is being read and no grey bar stands for what is to come. Playwright's own "networkidle" takes half a second. With `staysOpen` the API answers nothing, and only what else is read has to be there. */
export async function settled(page: Page, requests: ReadonlySet<Request>, staysOpen = false): Promise<void> {
  for (const [began, quiet] = [Date.now(), { since: 0 }]; Date.now() - began < 60_000; ) {
    await page.evaluate(() => new Promise<void>((resolve) => requestIdleCallback(() => resolve(), { timeout: 1_000 })));
    const open = staysOpen ? [...requests].filter((request) => !new URL(request.url()).pathname.startsWith("/v1/")).length : requests.size;
    if (open > 0) quiet.since = 0;
    else if (quiet.since === 0) quiet.since = Date.now();
    else if (Date.now() - quiet.since >= QUIET_MS) break;
    await page.waitForTimeout(10);
  }
  if (!staysOpen) await page.waitForFunction(() => document.querySelectorAll("main .skeleton, dialog[open] .skeleton").length === 0, undefined, { timeout: 60_000 }).catch(() => undefined);
}
