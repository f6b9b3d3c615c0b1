/** A picture of what is seen of a page, small enough to lie in the repository. */
import type { Page } from "playwright-core";

/** Playwright itself knows PNG and JPEG; this is a quarter of either. */
export async function asWebp(of: Page): Promise<Buffer> {
  const devtools = await of.context().newCDPSession(of);
  const { data } = await devtools.send("Page.captureScreenshot", { format: "webp", quality: 70 });
  await devtools.detach();
  return Buffer.from(data, "base64");
}
