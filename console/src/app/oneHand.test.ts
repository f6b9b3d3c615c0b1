/** One hand over all pages, as far as their sources show it: what is the same everywhere is made by the same parts. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { rootsOf } from "./live";

const src = new URL("..", import.meta.url).pathname;
const read = (path: string) => readFileSync(join(src, path), "utf8");
const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name) && !/\.test\./.test(name) && !name.startsWith("api/"));
const pages = [...new Set([...read("app/routes.ts").matchAll(/import\("\.\/pages\/(\w+)"\)/g)].map(([, name = ""]) => name))];

/** Pages that are neither a list nor a thing's own page, and what they are. */
const own: Readonly<Record<string, string>> = {
  OverviewPage: "what is to do", AnalyticsPage: "charts", FigureRowsPage: "the rows of one figure", HealthPage: "services", ConservationPage: "a proof", RebuildsPage: "a proof", ReconciliationPage: "a proof",
  PlanEditorPage: "a form", NewReratingPage: "a form", WhatIfPage: "a form", TaxQuotePage: "a form", DunningAffectedPage: "a dry run",
  AccessPolicyPage: "one setting", InvoicePolicyPage: "one setting", PaymentSettingsPage: "one setting", ChartOfAccountsPage: "one setting", AccountPage: "one's own account",
  ReportsPage: "a catalogue", ReportPage: "a report, with its own export", ReportFilesPage: "files", JournalExportsPage: "files", ReportSchedulesPage: "some schedules", RevenuePage: "a report", JournalEntryPage: "one entry",
  AuditPage: "the log itself, with its own export", RolesPage: "some roles", GatewaysPage: "some gateways", AutomaticRunsPage: "a line for each cycle", SeriesChainPage: "a proof", TaxJurisdictionsPage: "a tree",
};

/** Their heads are their own; their rows are a list's. */
const listsBesideAHead = ["BankStatementPage", "DirectDebitPage", "VoucherBatchPage"];

test("every page is a list, a thing's own page, or one that is named here", () => {
  const others = pages.filter((name) => !/<(ListPage|DetailPage)\b/.test(read(`app/pages/${name}.tsx`)));
  expect(others.filter((name) => !(name in own) && !listsBesideAHead.includes(name))).toEqual([]);
  expect(Object.keys(own).filter((name) => !others.includes(name)), "named here and gone, or a list by now").toEqual([]);
});

test("rows with filters come in the one table, which has columns to choose, a look beside, keys, empty, failed and refused states", () => {
  const others = files.filter((name) => !name.startsWith("ui/") && /from "antd|from ".*AntTable"/.test(read(name)));
  expect(others).toEqual([]);
  const tables = files.filter((name) => /<DataTable\b/.test(read(name).replaceAll(/^ \*.*$/gm, "")));
  expect(tables.sort()).toEqual(["ui/list/ListPage.tsx"]);
});

test("whatever is taken away for good is asked first, by the one question", () => {
  // Signing out takes nothing away, one's own sessions are another browser's signing out, and a view is only how one looks.
  const free = ["features/identity/session.ts", "features/identity/own/OwnSessions.tsx", "ui/list/SavedViews.tsx"];
  const unasked = files.filter((name) => /api\.DELETE\(/.test(read(name)) && !free.includes(name) && !/ConfirmCommand|confirmDialog/.test(read(name)));
  expect(unasked).toEqual([]);
  expect(files.filter((name) => /window\.(confirm|alert|prompt)\(/.test(read(name)))).toEqual([]);
});

test("every list hears of what happens in the log", () => {
  const heard = new Set(["usage", "rating", "invoicing", "payments"].flatMap((service) => rootsOf({ id: "", type: "", subject: "", version: 1, service })));
  // Users, keys, receivers of webhooks and the console's own mails are not in the log: reporting keeps them by itself.
  const notInTheLog = ["api-keys", "users", "webhook-endpoints", "dead-letters", "mails"];
  const lists = files.filter((name) => /ListSpec</.test(read(name)) && name.startsWith("features/"));
  const names = lists.flatMap((file) => [...read(file).matchAll(/^ {2}name: "([\w-]+)",/gm)].map(([, name = ""]) => name));
  expect(names.length).toBeGreaterThan(40);
  expect(names.filter((name) => !heard.has(name) && !notInTheLog.includes(name))).toEqual([]);
});

test("what failed can be tried again", () => {
  const stuck = files.filter((name) => [...read(name).matchAll(/<ErrorState\b[^>]*?\/>/g)].some(([state]) => !state.includes("onRetry")));
  expect(stuck).toEqual([]);
});
