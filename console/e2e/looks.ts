/**
 * Looks at every page of src/app/routes.ts, in light and dark, on a desk and in a hand, from right to left: nothing may be wider than the
 * window, nothing may break an accessibility rule, nothing may go wrong in the browser's console. Some looks see the pages while they load,
 * refused to the reader's role, with the services away, or with nothing in their lists (e2e/answers.ts).
 *
 *     npm run looks                                                    # over the mock API, which it serves itself
 *     npm run looks -- --base-url URL --email E --password P           # over a stack with the demo
 *     npm run looks -- --only /plans --looks light-390 --shots DIR     # some of it, as pictures
 *     npm run looks -- --shots DIR --wrong-only                        # pictures of what does not pass
 *
 * A page with a hole in its path (`/plans/:id`) needs a place in `places`; one that is missing fails the walk, so a new page
 * is looked at or says so. Exit 1 with a line for each thing that is wrong.
 */
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Browser, Page, Request } from "playwright-core";
import { answerWith, isOwnFault, type Answers } from "./answers.ts";
import { openBrowser, openContext, type Look } from "./browser.ts";
import { misdirected, overflow, violations, watch } from "./checks.ts";
import { administered, few } from "./fewPlaces.ts";
import { serveMock } from "./mock.ts";
import { settled, underWay } from "./settled.ts";

/** `by`: of the mock's people, where it is not the one of `--email`. */
type Seen = Look & { answers?: Answers; by?: string };

const looks: Readonly<Record<string, Seen>> = {
  "light-1366": { theme: "light", width: 1366, height: 768 },
  "dark-1366": { theme: "dark", width: 1366, height: 768 },
  "light-390": { theme: "light", width: 390, height: 844 },
  "dark-390": { theme: "dark", width: 390, height: 844 },
  // From right to left, in longer words than English ones. `-few`: some of the pages, one of each shape.
  "rtl-1366": { theme: "light", width: 1366, height: 768, language: "en-XB" },
  "rtl-few": { theme: "light", width: 1366, height: 768, language: "en-XB" },
  "admin-1366": { theme: "light", width: 1366, height: 768, by: "admin@demo.example" },
  "admin-390": { theme: "dark", width: 390, height: 844, by: "admin@demo.example" },
  "loading-1366": { theme: "light", width: 1366, height: 768, answers: "loading" },
  "loading-few": { theme: "dark", width: 390, height: 844, answers: "loading" },
  "refused-1366": { theme: "dark", width: 1366, height: 768, answers: "refused" },
  "refused-few": { theme: "light", width: 390, height: 844, answers: "refused" },
  "away-390": { theme: "light", width: 390, height: 844, answers: "away" },
  "away-few": { theme: "dark", width: 1366, height: 768, answers: "away" },
  "empty-390": { theme: "dark", width: 390, height: 844, answers: "empty" },
  "empty-few": { theme: "light", width: 1366, height: 768, answers: "empty" },
};

/** Where a page with a hole is seen, in the mock's own data, and views of a page that are more than its first sight. */
const places: Readonly<Record<string, readonly string[]>> = {
  "/invoices/:id": ["/invoices/inv-0001", "/invoices/inv-0206", "/invoices/inv-0209?view=taxes", "/invoices/inv-0206?view=credits", "/invoices/inv-0206?view=deliveries", "/invoices/inv-0155", "/invoices/inv-0208", "/invoices/inv-0206?explain=2"],
  "/invoices/credit-notes/:id": ["/invoices/credit-notes/cn-1"],
  "/invoices/deliveries": ["/invoices/deliveries?status=all", "/invoices/deliveries?create=1"],
  "/invoices/coupons": ["/invoices/coupons", "/invoices/coupons?create=1"],
  "/invoices/late-fee-policies": ["/invoices/late-fee-policies", "/invoices/late-fee-policies?create=1"],
  "/billing-runs": ["/billing-runs", "/billing-runs?create=1"],
  "/billing-runs/:id": ["/billing-runs/run-9", "/billing-runs/run-7?view=results&show=failed", "/billing-runs/run-8"],
  "/plans": ["/plans?status=all"],
  "/plans/new": ["/plans/new", "/plans/new?step=prices"],
  "/plans/:id/edit": ["/plans/fibre-new/edit?step=prices", "/plans/fibre-new/edit?step=review"],
  "/plans/:id/next": ["/plans/fibre-300/next"],
  "/plans/:id": ["/plans/fibre-300", "/plans/fibre-300?view=versions", "/plans/fibre-300?view=migrations", "/plans/fibre-300?view=migrations&move=1", "/plans/fibre-300?view=migrations&migration=mig-1"],
  "/plans/bandwidth-profiles": ["/plans/bandwidth-profiles", "/plans/bandwidth-profiles?create=1"],
  "/plans/rate-tables": ["/plans/rate-tables", "/plans/rate-tables?create=1"],
  "/plans/rate-tables/:id": ["/plans/rate-tables/world", "/plans/rate-tables/world?view=versions", "/plans/rate-tables/world?view=changes"],
  "/plans/holidays": ["/plans/holidays", "/plans/holidays?create=1"],
  "/analytics": ["/analytics", "/analytics?range=month&split=plan"],
  "/analytics/rows": ["/analytics/rows?of=%2Fv1%2Freports%2Frows%2Fopen-items%3Fclaim%3Dtrue%26currency%3DEUR"],
  "/proof/what-if": ["/proof/what-if?plan=fibre-300&version=2&from=2026-08&to=2026-10"],
  "/usage/events": ["/usage/events", "/usage/events?chain=payments%2F1%2F9"],
  "/dunning": ["/dunning?status=all"],
  "/dunning/:id": ["/dunning/dun-1"],
  "/dunning/handovers": ["/dunning/handovers?status=all"],
  "/dunning/policies": ["/dunning/policies", "/dunning/policies?create=1"],
  "/cycles": ["/cycles", "/cycles?cycle=monthly", "/cycles?create=1"],
  "/credit": ["/credit", "/credit?status=over"],
  "/customers": ["/customers", "/customers?create=1"],
  "/customers/:id": ["/customers/acc-0002", "/customers/acc-0002?view=config", "/customers/acc-0002?view=discounts", "/customers/acc-0002?view=discounts&discount=own", "/customers/acc-0002?view=late_fees", "/customers/acc-0002?view=dunning", "/customers/acc-0002?view=limits", "/customers/acc-0002?view=invoices", "/customers/acc-0002?view=personal", "/customers/acc-0002?view=credits", "/customers/acc-0002?view=credits&top_up=rule", "/customers/acc-0002?view=credits&top_up=link", "/customers/acc-0002?view=credits&method=transfer"],
  "/settings": ["/settings", "/settings?at=US-IL-CHI"],
  "/settings/tax-rates": ["/settings/tax-rates", "/settings/tax-rates?create=1"],
  "/settings/tax-exemptions": ["/settings/tax-exemptions", "/settings/tax-exemptions?create=1"],
  "/payments/bank-statements": ["/payments/bank-statements?status=all", "/payments/bank-statements?create=1"],
  "/payments/bank-statements/:id": ["/payments/bank-statements/bs-1"],
  "/payments/direct-debits": ["/payments/direct-debits?status=all"],
  "/payments/direct-debits/:id": ["/payments/direct-debits/ddr-1"],
  "/payments/vouchers": ["/payments/vouchers", "/payments/vouchers?create=1"],
  "/payments/vouchers/:id": ["/payments/vouchers/vb-1"],
  "/payments/collections": ["/payments/collections", "/payments/collections?status=all"],
  "/reports/:id": ["/reports/revenue", "/reports/ar-aging"],
  "/reports/schedules": ["/reports/schedules", "/reports/schedules?schedule=sched-1", "/reports/schedules?create=1", "/reports/schedules?change=sched-1"],
  "/journal": ["/journal"],
  "/journal/entries/:id": ["/journal/entries/invoicing-1-4-20261101"],
  "/journal/revenue": ["/journal/revenue"],
  "/journal/exports": ["/journal/exports"],
  "/settings/chart-of-accounts": ["/settings/chart-of-accounts"],
  "/settings/users": ["/settings/users", "/settings/users?status=all"],
  "/settings/access-policy": ["/settings/access-policy"],
  "/settings/api-keys": ["/settings/api-keys?status=all"],
  "/settings/mails": ["/settings/mails", "/settings/mails?status=all"],
  "/settings/webhooks": ["/settings/webhooks", "/settings/webhooks?create=1"],
  "/settings/webhooks/:id": ["/settings/webhooks/erp", "/settings/webhooks/old"],
  "/payments/refunds": ["/payments/refunds?status=all"],
  "/payments/disputes": ["/payments/disputes?status=all"],
  "/payments/write-offs": ["/payments/write-offs?status=all"],
  "/payments/:id": ["/payments/pay-0001"],
  "/settings/numbering/:id": ["/settings/numbering/INV"],
  "/settings/numbering": ["/settings/numbering", "/settings/numbering?create=1"],
  "/outages/:id": ["/outages/out-1"],
  "/reratings/:id": ["/reratings/rr-1"],
  "/usage": ["/usage", "/usage?status=quarantined"],
  "/usage/records/:source/:id": ["/usage/records/olt-7/rec-billed", "/usage/records/bras-1/rec-session", "/usage/records/olt-7/rec-parked"],
  "/usage/sources": ["/usage/sources", "/usage/sources?create=1"],
  "/usage/sources/:id": ["/usage/sources/bras-1", "/usage/sources/probe-3"],
  "/usage/files": ["/usage/files", "/usage/files?create=1"],
  "/usage/files/:id": ["/usage/files/usage-file-2", "/usage/files/usage-file-3", "/usage/files/usage-file-1"],
  "/usage/retractions": ["/usage/retractions", "/usage/retractions?create=1"],
  "/usage/retractions/:id": ["/usage/retractions/ret-2", "/usage/retractions/ret-1", "/usage/retractions/ret-4"],
  "/usage/meters": ["/usage/meters", "/usage/meters?create=1"],
  "/usage/meters/:id": ["/usage/meters/data.octets", "/usage/meters/voice.seconds"],
  "/usage/network": ["/usage/network", "/usage/network?status=all"],
  "/usage/network/elements": ["/usage/network/elements", "/usage/network/elements?create=1"],
  "/usage/resources": ["/usage/resources", "/usage/resources?create=1"],
  "/usage/resources/:id": ["/usage/resources/mac%3Ad0%3A38%3Aa4%3A62%3A1e%3Ace"],
  "/usage/dead-letters/:id": ["/usage/dead-letters/rating-3-1842"],
  "/services": ["/services?status=all"],
  "/services/catalogue": ["/services/catalogue", "/services/catalogue?create=1"],
  "/services/:id": ["/services/sub-1", "/services/sub-1?view=network"],
};

/** A place that opens something over its page. */
const opens = /[?&](?:create|change|move|migration|discount|cycle|explain|chain|schedule)=/;

/** What is there only once it is asked for, by its button; in the letters of the pseudo-language, too. */
const pressed: Readonly<Record<string, RegExp>> = {
  "/proof/what-if?plan=fibre-300&version=2&from=2026-08&to=2026-10": /^\u200F?C[oö]mp[aà][rŕ][eé]/,
  "/settings/numbering/INV": /^\u200F?V[eé][rŕ][iĩ]f[yý]/,
  "/invoices/credit-notes/cn-1": /^\u200F?V[eé][rŕ][iĩ]f[yý]/,
  "/invoices/inv-0206": /^\u200F?V[eé][rŕ][iĩ]f[yý]/,
};

const { values } = parseArgs({
  options: {
    "base-url": { type: "string" },
    email: { type: "string", default: "billing@demo.example" },
    password: { type: "string", default: "any" },
    only: { type: "string", default: "/" },
    shots: { type: "string" },
    "wrong-only": { type: "boolean", default: false },
    looks: { type: "string", default: Object.keys(looks).filter((name) => !name.endsWith("-few")).join(",") },
    /** Leaves the accessibility rules out, which take most of the time. */
    quick: { type: "boolean", default: false },
    port: { type: "string", default: "8091" },
  },
});

/** The paths of the routes, read from their file: a browser's page can't be imported here. */
async function paths(): Promise<string[]> {
  const source = await readFile(new URL("../src/app/routes.ts", import.meta.url), "utf8");
  return [...source.matchAll(/^ {2}page\("([^"]+)"/gm)].map(([, path = ""]) => path);
}

/** As a link of the console does: the document, its code and the accessibility rules stay, which is half the work of a look. */
async function moveTo(page: Page, place: string): Promise<void> {
  if (page.url() === "about:blank") return void (await page.goto(place));
  await page.evaluate((path) => {
    history.pushState({}, "", path);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  }, place);
}

async function see(page: Page, requests: ReadonlySet<Request>, place: string, name: string): Promise<string[]> {
  const answers = looks[name]?.answers;
  await moveTo(page, place);
  await page.locator("h1").first().waitFor({ state: "attached" });
  const press = answers ? undefined : pressed[place];
  if (press) await page.getByRole("button", { name: press }).first().click();
  await settled(page, requests, answers === "loading");
  // React shows what was waited for some 300 ms later: a drawer that the reader may not open does not come at all.
  if (!answers && opens.test(place)) await page.locator("dialog[open]").waitFor({ timeout: 1_500 }).catch(() => undefined);
  const wider = await overflow(page);
  const cut = await page.evaluate(() => [...document.querySelectorAll("dialog[open], dialog[open] .dialog-body")].some((one) => one.scrollWidth > one.clientWidth + 1));
  const found = [...(values.quick ? [] : await violations(page)), ...(looks[name]?.language ? await misdirected(page) : []), ...(wider > 0 ? [`${wider} px wider than the window`] : []), ...(cut ? ["the dialog is wider than its room"] : [])];
  if (values.shots && !(values["wrong-only"] && found.length === 0)) {
    const isCovered = (await page.locator("dialog[open]").count()) > 0;
    await page.screenshot({ path: join(values.shots, `${place.slice(1).replaceAll(/[^\w-]+/g, "_") || "overview"}--${name}.png`), fullPage: !isCovered });
  }
  return found.map((line) => `${place}: ${line}`);
}

async function walk(browser: Browser, base: string, name: string, look: Seen, visited: readonly string[]): Promise<string[]> {
  const context = await openContext(browser, base, look);
  if (look.answers) await answerWith(context, look.answers);
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  const complaints = watch(page);
  const requests = underWay(page);
  await context.request.post("/v1/session", { data: { email: look.by ?? values.email, password: values.password }, headers: { Origin: base } });
  for (const place of visited) {
    try {
      complaints.push(...(await see(page, requests, place, name)));
    } catch (error) {
      complaints.push(`${place}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  await context.close();
  return look.answers ? complaints.filter((complaint) => !isOwnFault(complaint)) : complaints;
}

/** A look waits for its pages to come to rest; meanwhile another one is looked at, in a window of its own. */
const AT_ONCE = 2;
const PLACES_A_WINDOW = 50;

function parts(places: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(places.length / PLACES_A_WINDOW) }, (_, n) => places.slice(n * PLACES_A_WINDOW, (n + 1) * PLACES_A_WINDOW));
}

/** Pages without the shell that need no session. */
const alone = ["/customer-page#mc_l1_0123456789abcdef0123456789abcdef", "/customer-page#mc_over_0123456789abcdef0123456789abcdef"].filter((path) => path.startsWith(values.only) && (!values["base-url"] || path.includes("over")));
const known = (await paths()).filter((path) => path.startsWith(values.only));
const missing = known.filter((path) => path.includes(":") && !places[path]);
const visited = [...known.filter((path) => !missing.includes(path)).flatMap((path) => places[path] ?? [path]), ...alone];
if (values.shots) await mkdir(values.shots, { recursive: true });
const base = values["base-url"] ?? (await serveMock(values.port));
const browser = await openBrowser();
let failed = missing.length;
missing.forEach((path) => console.log(`FAIL ${path} is in no list of places: e2e/looks.ts`));
const chosen = values.looks.split(",").map((name) => {
  const look = looks[name];
  if (!look) throw new Error(`no such look: ${name}; there are ${Object.keys(looks).join(", ")}`);
  const seen = name.endsWith("-few") ? visited.filter((place) => few.has(place)) : look.by ? administered.filter((place) => place.startsWith(values.only)) : visited;
  return { name, look, seen, complaints: [] as string[] };
});
const left = chosen.flatMap((one) => parts(one.seen).map((places) => async () => void one.complaints.push(...(await walk(browser, base, one.name, one.look, places)))));
await Promise.all(Array.from({ length: AT_ONCE }, async () => {
  for (let next = left.shift(); next; next = left.shift()) await next();
}));
for (const { name, seen, complaints } of chosen) {
  failed += complaints.length;
  console.log(`${complaints.length === 0 ? "ok  " : "FAIL"} ${name}: ${seen.length} places`);
  complaints.forEach((complaint) => console.log(`     ${complaint}`));
}
await browser.close();
process.exit(failed === 0 ? 0 : 1);
