/**
 * The frame of a clerk's walk on a running stack: a browser's page, what is asked of the API as the world, and the end.
 *
 *     await walk([makePlan, publishPlan, letTheMonthPass]);
 *
 * Each step is taken in turn, signed in. `seen(name)` holds the page to the checks and takes its picture. What is wrong is
 * printed, a line each, and the process exits with 1; it exits with 0 when all was seen.
 *
 *     --base-url http://127.0.0.1:8080 --email clerk@example --password … --key mk_… [--shots DIR [--wrong-only]]
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openBrowser, openContext } from "./browser.ts";
import { faults, watch } from "./checks.ts";
import type { Locator, Page } from "playwright-core";
import { settled, underWay } from "./settled.ts";
import { signIn } from "./story.ts";

const { values } = parseArgs({
  options: {
    "base-url": { type: "string", default: "http://127.0.0.1:8080" },
    email: { type: "string", default: "" },
    password: { type: "string", default: "" },
    /** The world's: it reports usage and lets time pass. */
    key: { type: "string", default: "" },
    shots: { type: "string" },
    /** Pictures only of pages that don't pass. */
    "wrong-only": { type: "boolean", default: false },
    /** Where the pictures of the documentation go. */
    pictures: { type: "string" },
    /** The stack's processes by name, to stop one: {"payments": 4711}. */
    pids: { type: "string", default: "{}" },
  },
});

const browser = await openBrowser();
const context = await openContext(browser, values["base-url"], { theme: "light", width: 1366, height: 768 });
export const page = await context.newPage();
page.setDefaultTimeout(120_000);
const complaints = watch(page);
const requests = underWay(page);

export const pictures = values.pictures;

/** `signsIn: false` where signing in is a step itself. */
export async function walk(steps: readonly (() => Promise<void>)[], { signsIn = true } = {}): Promise<never> {
  for (const folder of [values.shots, values.pictures]) if (folder) await mkdir(folder, { recursive: true });
  try {
    if (signsIn) await signInAgain();
    for (const step of steps) await step();
  } catch (error) {
    if (values.shots) await page.screenshot({ path: join(values.shots, "failed.png"), fullPage: true });
    complaints.push(`${page.url()}: ${error instanceof Error ? error.message : String(error)}`);
  }
  await browser.close();
  complaints.forEach((complaint) => console.log(complaint));
  process.exit(complaints.length === 0 ? 0 : 1);
}

/** As whoever walks; after weeks of the test clock a session has ended, and its cookie goes first. */
export async function signInAgain(atLogin?: () => Promise<void>): Promise<void> {
  await context.clearCookies();
  await signIn(page, { email: values.email, password: values.password }, atLogin);
}

/** Into a login that stands over the page. */
export async function signInOver(dialog: Locator): Promise<void> {
  await dialog.getByLabel("Password", { exact: true }).fill(values.password);
  await dialog.getByRole("button", { name: "Sign in", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
}

/** A second window of the same reader, open while `during` goes on. */
export async function other(during: (beside: Page) => Promise<void>): Promise<void> {
  const beside = await context.newPage();
  beside.setDefaultTimeout(120_000);
  const theirs = watch(beside);
  await during(beside);
  complaints.push(...theirs);
  await beside.close();
}

/** Stops a process of the stack, or lets it go on. */
export function signal(name: string, number: NodeJS.Signals): void {
  process.kill((JSON.parse(values.pids) as Record<string, number>)[name] ?? NaN, number);
}

/** `rests: false` where a service is away, and what is asked of it stays under way. */
export async function seen(name: string, { rests = true } = {}): Promise<void> {
  if (rests) await settled(page, requests);
  const found = await faults(page);
  complaints.push(...found.map((line) => `${name}: ${line}`));
  const fullPage = (await page.locator("dialog[open]").count()) === 0;
  if (values.shots && !(values["wrong-only"] && found.length === 0)) await page.screenshot({ path: join(values.shots, `${name}.png`), fullPage });
}

/** What the browser noted of a fault that the walk itself made. */
export function forgive(fault: RegExp): void {
  complaints.splice(0, complaints.length, ...complaints.filter((complaint) => !fault.test(complaint)));
}

export async function ask(method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(new URL(path, values["base-url"]), {
    method, headers: { Authorization: `Bearer ${values.key}`, "Content-Type": "application/json" }, ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

export async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 120_000; !(await isSo()); ) {
    if (Date.now() > deadline) throw new Error(`not within two minutes: ${String(isSo)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
