/**
 * A report that is exported and whose file is fetched, as Excel and as CSV. What the page says of the first currency is
 * written beside them (`shown.json`), for whoever opens the files: tests/console/test_console.py.
 */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";

export async function reportFile(page: Page, folder: string): Promise<void> {
  await page.goto("/reports/revenue");
  const table = page.getByRole("table", { name: "Revenue" });
  const total = table.locator("tfoot tr").first();
  await total.waitFor();
  const headings = await table.locator("thead th").allTextContents();
  const column = headings.indexOf("Net");
  assert.ok(column > 0, `the report has no column Net: ${headings.join(", ")}`);
  const currency = (await total.locator("th").innerText()).replace(/^Total /, "");
  // Of amounts of money only the digits are compared: how they are written is the reader's language.
  const digits = (await total.locator("th, td").nth(column).innerText()).replace(/\D/g, "");
  await fetchAs(page, "Excel", join(folder, "revenue.xlsx"));
  await fetchAs(page, "CSV", join(folder, "revenue.csv"));
  await writeFile(join(folder, "shown.json"), JSON.stringify({ currency, column: "net", digits }));
}

async function fetchAs(page: Page, format: string, path: string): Promise<void> {
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("button", { name: format, exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Work of the server" });
  const link = dialog.getByRole("link", { name: "Download" });
  await link.waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  await download.saveAs(path);
  await dialog.getByRole("button", { name: "Close" }).first().click();
}
