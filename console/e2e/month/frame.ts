/** What the chapters of the month share: the picture of a step, choosing in a field, a window beside, time that passes. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { ask, page, pictures, seen } from "../walk.ts";
import { asWebp } from "../webp.ts";
import type { StepName } from "./steps.ts";

const taken = new Set<string>();

/** Seen in the other theme, so that the documentation shows both and the checks see both with real data. */
const dark: ReadonlySet<StepName> = new Set<StepName>(["usage", "dry-run", "invoices", "overdue", "report", "promise"]);

/** Holds the page to the checks and takes its picture, small enough to lie in the repository. */
export async function picture(name: StepName, { rests = true } = {}): Promise<void> {
  if (dark.has(name)) await page.emulateMedia({ colorScheme: "dark" });
  await seen(name, { rests });
  taken.add(name);
  if (pictures) await writeFile(join(pictures, `${name}.webp`), await asWebp(page));
  await page.emulateMedia({ colorScheme: "light" });
}

export function isTaken(name: StepName): boolean {
  return taken.has(name);
}

export const side = () => page.getByRole("complementary", { name: "Summary" });

/** The drawer or question of this name. */
export const asked = (name: string) => page.getByRole("dialog", { name });

/** Confirms what a drawer or a question asks, and sees it go. */
export async function send(name: string, button = name): Promise<void> {
  await asked(name).getByRole("button", { name: button, exact: true }).click();
  await asked(name).waitFor({ state: "detached" });
}

export async function choose(field: Locator, text: string): Promise<void> {
  if ((await field.evaluate((element) => element.tagName)) === "SELECT") {
    await field.selectOption(text);
    return;
  }
  await field.fill(text);
  await page.getByRole("option", { name: text }).first().click();
}

/** What a payment by transfer says, in its drawer; gives what it pays. Without an amount the one that is there stands. */
export async function fillPayment({ amount, received, reference }: { amount?: string; received: string; reference: string }): Promise<Locator> {
  const drawer = asked("Record payment");
  if (amount) await drawer.getByRole("group", { name: /^Amount/ }).getByRole("textbox").first().fill(amount);
  await drawer.getByRole("combobox", { name: /^Method/ }).selectOption("bank_transfer");
  await drawer.getByLabel(/^Received/).fill(received);
  await drawer.getByRole("textbox", { name: /^Reference/ }).fill(reference);
  return drawer.getByRole("region", { name: "What it pays" });
}

export async function advance(to: string): Promise<void> {
  await ask("POST", "/v1/clock/advance", { to });
}
