/**
 * A clerk follows one debt through the pages on a running stack: a debit that comes back, the case, a promise, a payment put
 * against its invoice, service restored, a chargeback with its reason, and the end, when the bank has given the money back.
 *
 *     node e2e/debt.ts --base-url http://127.0.0.1:8080 --email clerk@example --password … --key mk_…
 *
 * The stack has a test clock at 26 October 2026, 10:00. Alice owes September: 29.90 and 20 % = 35.88, due on the 15th. Direct
 * debit `run-1` has collected it and the bank has booked it; a step of dunning blocks after five days, on a simulated network.
 * tests/console/test_debt.py sets all of this up.
 *
 *     comes back   35.88 open        paid by card   0.00        charged back   35.88        given back   0.00
 */
import assert from "node:assert/strict";
import { ask, page, seen, until, walk } from "./walk.ts";

await walk([importReturn, blocked, promise, recordPayment, restored, chargeback, settlement]);

/** The debit's number stands on the statement, with the bank's reason. */
async function importReturn(): Promise<void> {
  const { items } = (await ask("GET", "/v1/direct-debits/run-1/debits")) as { items: { id: string }[] };
  const debit = items[0]?.id ?? "";
  await page.goto("/payments/bank-statements?create=1");
  const drawer = page.getByRole("dialog", { name: "Send a statement" });
  await drawer.locator('input[type="file"]').setInputFiles({ name: "october.xml", mimeType: "application/xml", buffer: Buffer.from(returned(debit)) });
  await drawer.getByText("€35.88").first().waitFor();
  await drawer.getByRole("button", { name: "Take it" }).click();
  await page.waitForURL((url) => /^\/payments\/bank-statements\/./.test(url.pathname));
  await until(async () => ((await ask("GET", `/v1/payments/${debit}`)) as { status: string }).status === "reversed" || (await book()));
  await page.goto(`/payments/${debit}`);
  await page.locator(".status").filter({ hasText: "Reversed" }).first().waitFor();
  await page.getByText("It pays no invoice").waitFor();
  await seen("returned");
}

/** What is exact is booked, and what came back is taken back. */
async function book(): Promise<false> {
  const { items } = (await ask("GET", "/v1/bank-statements")) as { items: { id: string }[] };
  await ask("POST", `/v1/bank-statements/${items[0]?.id}/process`).catch(() => undefined);
  return false;
}

async function blocked(): Promise<void> {
  await until(async () => (await access()).desired === "blocked" && (await access()).acknowledged_at !== null);
  await page.goto("/dunning");
  await page.getByRole("row").filter({ hasText: "Alice" }).filter({ hasText: "€35.88" }).waitFor();
  await seen("case");
}

/** Until it is kept, service is back. */
async function promise(): Promise<void> {
  const { items } = (await ask("GET", "/v1/dunning/cases?account_id=alice")) as { items: { id: string }[] };
  await page.goto(`/dunning/${items[0]?.id}`);
  await page.getByRole("button", { name: "Record a promise" }).click();
  const dialog = page.getByRole("dialog", { name: "Record a promise" });
  await dialog.getByLabel(/^To be paid by/).fill("2026-10-30");
  await dialog.getByRole("checkbox", { name: "Give service back until then" }).check();
  await dialog.getByRole("button", { name: "Record a promise" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.locator(".status").filter({ hasText: "Promised" }).first().waitFor();
  await until(async () => (await access()).desired === "open");
  await seen("promised");
}

/** Before it is sent the drawer says what it will pay. */
async function recordPayment(): Promise<void> {
  await page.goto("/customers/alice?view=statement&payment=new");
  const drawer = page.getByRole("dialog", { name: "Record payment" });
  await drawer.getByRole("group", { name: /^Amount/ }).getByRole("textbox").first().fill("35.88");
  await drawer.getByRole("combobox", { name: /^Method/ }).selectOption("card");
  await drawer.getByLabel(/^Received/).fill("2026-10-26");
  await drawer.getByRole("textbox", { name: /^Reference/ }).fill("CARD-1");
  const pays = drawer.getByRole("region", { name: "What it pays" });
  await pays.getByText("INV-000001").waitFor();
  assert.match(await pays.innerText(), /INV-000001[^]*€35\.88[^]*Left as credit: €0\.00/);
  await seen("record-payment");
  await drawer.getByRole("button", { name: "Record payment" }).click();
  await drawer.waitFor({ state: "detached" });
  await page.getByText("Nothing is open").waitFor();
}

async function restored(): Promise<void> {
  await page.goto("/dunning?status=cleared");
  await page.getByRole("row").filter({ hasText: "Alice" }).waitFor();
  await until(async () => (await access()).desired === "open" && (await access()).acknowledged_at !== null);
}

async function chargeback(): Promise<void> {
  await page.goto("/payments?status=succeeded");
  await page.getByRole("link", { name: "CARD-1" }).click();
  await page.getByRole("heading", { level: 1, name: "CARD-1" }).waitFor();
  await page.getByRole("button", { name: "Record chargeback" }).click();
  const drawer = page.getByRole("dialog", { name: "Record chargeback" });
  await drawer.getByRole("textbox", { name: /^Reason/ }).fill("fraud");
  await drawer.getByLabel(/^Received/).fill("2026-10-26");
  await seen("record-chargeback");
  await drawer.getByRole("button", { name: "Record chargeback" }).click();
  await drawer.waitFor({ state: "detached" });
  await page.locator(".status").filter({ hasText: "Charged back" }).first().waitFor();
  assert.equal(await balance(), "35.88");
  await page.getByRole("table", { name: "Chargebacks" }).getByText("fraud").waitFor();
  await seen("charged-back");
}

async function settlement(): Promise<void> {
  await page.getByRole("button", { name: "The money is here again" }).click();
  const drawer = page.getByRole("dialog", { name: "The money is here again" });
  await drawer.getByRole("button", { name: "The money is here again" }).click();
  await drawer.waitFor({ state: "detached" });
  await page.locator(".status").filter({ hasText: "Succeeded" }).first().waitFor();
  assert.equal(await balance(), "0.00");
  await page.goto("/customers/alice?view=statement");
  await page.getByText("Nothing is open").waitFor();
  const lines = page.getByRole("table", { name: "Balance and statement" });
  for (const line of ["Invoice", "Payment reversed", "Chargeback", "Chargeback reversed"]) await lines.getByRole("rowheader", { name: new RegExp(`^${line}`) }).first().waitFor();
  await page.getByText("Settled").waitFor();
  await seen("settled");
}

async function balance(): Promise<string> {
  return ((await ask("GET", "/v1/accounts/alice/balance")) as { balance: { amount: string } }).balance.amount;
}

async function access(): Promise<{ desired: string; acknowledged_at: string | null }> {
  return (await ask("GET", "/v1/resources/subscription%3Aalice-line/access")) as { desired: string; acknowledged_at: string | null };
}

/** camt.053 with one entry: the debit came back, for lack of money. */
function returned(debit: string): string {
  return `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>S</Id><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>
<Ntry><Amt Ccy="EUR">35.88</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-10-26</Dt></BookgDt><NtryDtls><TxDtls><Refs><EndToEndId>${debit}</EndToEndId></Refs>
<RtrInf><Rsn><Cd>AM04</Cd></Rsn></RtrInf></TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>`;
}
