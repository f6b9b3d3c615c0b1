/**
 * A billing clerk's month from an empty installation, as docs/console.md tells it: set up, billed, corrected, collected, dunned.
 *
 *     node e2e/month.ts --base-url http://127.0.0.1:8080 --email clerk@example --password … --key mk_… [--pictures DIR]
 *
 * The stack is empty, its test clock at 1 September 2026. `--key` is the world's: it reports usage, lets time pass and does what
 * other people do. Each step of month/steps.ts is clicked once, in that order, and takes its picture.
 *
 *     Alice  Fibre 500, September 30.00 and 103.4 GB: 4 started × 0.50 = 2.00; 20 % of 32.00 = 6.40      38.40, paid
 *     Bob    15 days of Home 10.00 and of Fibre 500 15.00; 20 % of 25.00 = 5.00                          30.00, late, blocked, paid
 */
import assert from "node:assert/strict";
import { confirm, dryRun, explain, invoices, mend, nextRun, pdf } from "./month/bill.ts";
import { allocate, exportReport, overdue, recordPayment, voidRefused } from "./month/collect.ts";
import { creditLine, creditNoteDocuments, issueAnew } from "./month/correct.ts";
import { pauseDunning, printLetters, recordPromise, seeCase, serviceRestored, takePayment } from "./month/debt.ts";
import { isTaken } from "./month/frame.ts";
import { changePlan, defineCycle, defineService, firstSteps, makePlan, openAccount, publishPlan, signedIn, startService, usageArrives } from "./month/setUp.ts";
import { chapters, type StepName } from "./month/steps.ts";
import { byKeys, loseSession, serviceDown } from "./month/way.ts";
import { walk } from "./walk.ts";

const does: Readonly<Record<StepName, () => Promise<void>>> = {
  "sign-in": signedIn, "first-steps": firstSteps, service: defineService, cycle: defineCycle, plan: makePlan, publish: publishPlan,
  customer: openAccount, subscription: startService, usage: usageArrives, "plan-change": changePlan,
  "next-run": nextRun, "dry-run": dryRun, mend, confirm, invoices, explain, pdf,
  credit: creditLine, "credit-note": creditNoteDocuments, "issue-anew": issueAnew,
  payment: recordPayment, allocate, "void-refused": voidRefused, overdue, report: exportReport,
  case: seeCase, letter: printLetters, promise: recordPromise, pause: pauseDunning, "debt-paid": takePayment, restored: serviceRestored,
  session: loseSession, keyboard: byKeys, "service-down": serviceDown,
};

await walk(chapters.flatMap(({ steps }) => steps.map(({ name }) => async () => {
  const began = performance.now();
  await does[name]();
  assert.ok(isTaken(name), `step ${name} takes its picture`);
  console.log(`took ${Math.round(performance.now() - began)} ms: ${name}`);
})), { signsIn: false });
