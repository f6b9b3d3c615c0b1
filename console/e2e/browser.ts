/**
 * A real Chromium from a package: @sparticuz/chromium carries it, playwright-core drives it, nothing is downloaded.
 *
 * Its flags are made for a cloud function; one process and its headless mode are Playwright's to choose.
 * METERLOG_CHROMIUM names another Chromium to use instead, such as Debian's.
 */
import chromium from "@sparticuz/chromium";
import { chromium as playwright, type Browser, type BrowserContext } from "playwright-core";

export async function openBrowser(): Promise<Browser> {
  return playwright.launch(await launching());
}

/** Which Chromium, and its flags. */
export async function launching(): Promise<{ executablePath: string; args: string[] }> {
  chromium.setGraphicsMode = false;
  const own = process.env["METERLOG_CHROMIUM"];
  const foreign = ["--single-process", "--headless", "--disable-web-security", "--allow-running-insecure-content"];
  const args = chromium.args.filter((flag) => !foreign.some((name) => flag.startsWith(name)));
  return {
    executablePath: own ?? (await chromium.executablePath()),
    args: [...(own ? ["--disable-gpu"] : args), "--no-sandbox"],
  };
}

export interface Look {
  theme: "light" | "dark";
  width: number;
  height: number;
  /** What the reader has chosen; without it that of the browser. */
  language?: string;
}

/** A context with its own cookies; the theme is the system's, so that the console's own choice is tested with it. */
export async function openContext(browser: Browser, baseURL: string, { theme, width, height, language }: Look): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL, colorScheme: theme, viewport: { width, height }, reducedMotion: "reduce", locale: "en-GB", timezoneId: "Europe/Berlin" });
  if (language) await context.addInitScript((tag) => localStorage.setItem("meterlog.language", JSON.stringify(tag)), language);
  return context;
}
