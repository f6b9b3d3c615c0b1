/**
 * Holds the built console to its budgets: JavaScript that a page needs before it can show itself, in the gzip form that
 * the build wrote beside each file; the brotli form, which most browsers take, is told beside it.
 *
 *     npm run build && npm run budget
 *
 * A page needs the entry, the shell (all but the login), its own chunk, what those import at once, its words, and what its
 * first sight needs beside them (the list: antd's table). kB are 1000 bytes.
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

interface Chunk {
  file: string;
  imports?: string[];
}

const dist = new URL("../dist", import.meta.url).pathname;
const manifest: Record<string, Chunk> = JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8"));

const entry = "index.html";
const page = (name: string) => `src/app/pages/${name}.tsx`;
const words = (...rooms: string[]) => rooms.map((room) => `src/lib/i18n/en/${room}.json`);
const around = [entry, "src/app/Shell.tsx", ...words("shell", "kit")];
const list = "src/ui/table/AntTable.tsx";

const budgets: readonly { name: string; chunks: string[]; kB: number }[] = [
  { name: "Login", chunks: [entry, page("LoginPage"), ...words("identity")], kB: 119 },
  { name: "Set password", chunks: [entry, page("SetPasswordPage"), ...words("identity")], kB: 117 },
  { name: "Customer's own page", chunks: [entry, page("MyPage"), ...words("mypage", "kit")], kB: 130 },
  { name: "Account", chunks: [...around, page("AccountPage"), ...words("identity", "own")], kB: 141 },
  { name: "Users", chunks: [...around, page("UsersPage"), ...words("settings", "access"), list], kB: 342 },
  { name: "API keys", chunks: [...around, page("ApiKeysPage"), ...words("settings", "access"), list], kB: 343 },
  { name: "Roles", chunks: [...around, page("RolesPage"), ...words("settings", "access")], kB: 147 },
  { name: "Mails", chunks: [...around, page("MailsPage"), ...words("settings", "reports", "mails"), list], kB: 343 },
  { name: "Overview", chunks: [...around, page("OverviewPage"), ...words("reporting")], kB: 142 },
  { name: "Analytics", chunks: [...around, page("AnalyticsPage"), ...words("analytics", "reporting")], kB: 150 },
  { name: "Health", chunks: [...around, page("HealthPage"), ...words("reporting", "system")], kB: 139 },
  { name: "Rebuild proofs", chunks: [...around, page("RebuildsPage"), ...words("system")], kB: 137 },
  { name: "Invoices", chunks: [...around, page("InvoicesPage"), ...words("invoicing", "credits", "debits"), list], kB: 340 },
  { name: "Invoice", chunks: [...around, page("InvoicePage"), ...words("invoicing")], kB: 145 },
  { name: "Coupons", chunks: [...around, page("CouponsPage"), ...words("invoicing", "discounts"), list], kB: 340 },
  { name: "Credit notes", chunks: [...around, page("CreditNotesPage"), ...words("invoicing", "credits", "debits"), list], kB: 340 },
  { name: "Debit notes", chunks: [...around, page("DebitNotesPage"), ...words("invoicing", "credits", "debits"), list], kB: 341 },
  { name: "Credit note", chunks: [...around, page("CreditNotePage"), ...words("invoicing", "credits")], kB: 145 },
  { name: "Deliveries", chunks: [...around, page("DeliveriesPage"), ...words("invoicing", "deliveries"), list], kB: 340 },
  { name: "Late fees", chunks: [...around, page("LateFeePoliciesPage"), ...words("invoicing", "latefees"), list], kB: 340 },
  { name: "Billing runs", chunks: [...around, page("BillingRunsPage"), ...words("runs", "automatic"), list], kB: 340 },
  { name: "Billing run", chunks: [...around, page("BillingRunPage"), ...words("runs")], kB: 144 },
  { name: "Vouchers", chunks: [...around, page("VouchersPage"), ...words("bank", "vouchers"), list], kB: 340 },
  { name: "Redemptions", chunks: [...around, page("RedemptionsPage"), ...words("bank", "vouchers"), list], kB: 340 },
  { name: "Plans", chunks: [...around, page("PlansPage"), ...words("plans", "tariffs"), list], kB: 343 },
  { name: "Plan", chunks: [...around, page("PlanPage"), ...words("plans", "migrations")], kB: 151 },
  { name: "Plan editor", chunks: [...around, page("PlanEditorPage"), ...words("plans"), "src/api/bodies.json"], kB: 176 },
  { name: "Profiles", chunks: [...around, page("BandwidthProfilesPage"), ...words("tariffs"), list], kB: 340 },
  { name: "Rate tables", chunks: [...around, page("RateTablesPage"), ...words("tariffs"), list], kB: 340 },
  { name: "Rate table", chunks: [...around, page("RateTablePage"), ...words("tariffs")], kB: 145 },
  { name: "Holidays", chunks: [...around, page("HolidaysPage"), ...words("tariffs"), list], kB: 340 },
  { name: "What if", chunks: [...around, page("WhatIfPage"), ...words("whatif", "tariffs")], kB: 149 },
  { name: "Journal", chunks: [...around, page("JournalPage"), ...words("journal"), list], kB: 340 },
  { name: "Journal entry", chunks: [...around, page("JournalEntryPage"), ...words("journal")], kB: 140 },
  { name: "Revenue", chunks: [...around, page("RevenuePage"), ...words("journal")], kB: 138 },
  { name: "Journal exports", chunks: [...around, page("JournalExportsPage"), ...words("journal")], kB: 138 },
  { name: "Reports", chunks: [...around, page("ReportsPage"), ...words("reports")], kB: 138 },
  { name: "Report", chunks: [...around, page("ReportPage"), ...words("reports")], kB: 143 },
  { name: "Report files", chunks: [...around, page("ReportFilesPage"), ...words("reports")], kB: 138 },
  { name: "Report schedules", chunks: [...around, page("ReportSchedulesPage"), ...words("reports")], kB: 142 },
  { name: "Chart of accounts", chunks: [...around, page("ChartOfAccountsPage"), ...words("settings")], kB: 139 },
  { name: "Billing Cycles", chunks: [...around, page("CyclesPage"), ...words("cycles"), list], kB: 340 },
  { name: "Customers", chunks: [...around, page("CustomersPage"), ...words("customers"), list], kB: 340 },
  { name: "Customer", chunks: [...around, page("CustomerPage"), ...words("customers", "services", "invoicing")], kB: 152 },
  { name: "Prepaid and limits", chunks: [...around, page("LimitsPage"), ...words("limits", "customers", "network"), list], kB: 340 },
  { name: "Services", chunks: [...around, page("ServicesPage"), ...words("services"), list], kB: 340 },
  { name: "Catalogue", chunks: [...around, page("CataloguePage"), ...words("services"), list], kB: 340 },
  { name: "Service", chunks: [...around, page("ServicePage"), ...words("services", "spend", "allowances", "network")], kB: 150 },
  { name: "Outages", chunks: [...around, page("OutagesPage"), ...words("corrections"), list], kB: 340 },
  { name: "Outage", chunks: [...around, page("OutagePage"), ...words("corrections")], kB: 143 },
  { name: "Reratings", chunks: [...around, page("ReratingsPage"), ...words("corrections"), list], kB: 340 },
  { name: "New rerating", chunks: [...around, page("NewReratingPage"), ...words("corrections", "plans"), "src/api/bodies.json"], kB: 169 },
  { name: "Rerating", chunks: [...around, page("ReratingPage"), ...words("corrections")], kB: 143 },
  { name: "Usage", chunks: [...around, page("UsagePage"), ...words("usage", "volume"), list], kB: 342 },
  { name: "Usage record", chunks: [...around, page("UsageRecordPage"), ...words("usage", "volume")], kB: 144 },
  { name: "Quarantine", chunks: [...around, page("QuarantinePage"), ...words("usage"), list], kB: 340 },
  { name: "Sessions", chunks: [...around, page("SessionsPage"), ...words("usage"), list], kB: 340 },
  { name: "Sources", chunks: [...around, page("SourcesPage"), ...words("usage", "equipment"), list], kB: 340 },
  { name: "Source", chunks: [...around, page("SourcePage"), ...words("usage", "equipment")], kB: 144 },
  { name: "Files", chunks: [...around, page("FilesPage"), ...words("usage", "files"), list], kB: 341 },
  { name: "File", chunks: [...around, page("FilePage"), ...words("usage", "files")], kB: 145 },
  { name: "Retractions", chunks: [...around, page("RetractionsPage"), ...words("usage", "files", "retractions"), list], kB: 342 },
  { name: "Retraction", chunks: [...around, page("RetractionPage"), ...words("usage", "files", "retractions")], kB: 147 },
  { name: "Meters", chunks: [...around, page("MetersPage"), ...words("usage", "meters"), list], kB: 340 },
  { name: "Meter", chunks: [...around, page("MeterPage"), ...words("usage", "meters")], kB: 143 },
  { name: "Network", chunks: [...around, page("NetworkPage"), ...words("usage", "network"), list], kB: 340 },
  { name: "Elements", chunks: [...around, page("NetworkElementsPage"), ...words("usage", "network"), list], kB: 340 },
  { name: "Resources", chunks: [...around, page("ResourcesPage"), ...words("usage", "resources"), list], kB: 340 },
  { name: "Resource", chunks: [...around, page("ResourcePage"), ...words("usage", "resources")], kB: 143 },
  { name: "Reconciliation", chunks: [...around, page("ReconciliationPage"), ...words("usage", "reconciliation")], kB: 138 },
  { name: "Billing events", chunks: [...around, page("AuditPage"), ...words("usage", "audit")], kB: 143 },
  { name: "Dead letters", chunks: [...around, page("DeadLettersPage"), ...words("usage", "audit"), list], kB: 340 },
  { name: "Automatic runs", chunks: [...around, page("AutomaticRunsPage"), ...words("runs", "automatic")], kB: 138 },
  { name: "Tax places", chunks: [...around, page("TaxJurisdictionsPage"), ...words("settings", "taxes")], kB: 145 },
  { name: "Tax rates", chunks: [...around, page("TaxRatesPage"), ...words("settings", "taxes"), list], kB: 340 },
  { name: "Exemptions", chunks: [...around, page("TaxExemptionsPage"), ...words("settings"), list], kB: 340 },
  { name: "Tax quote", chunks: [...around, page("TaxQuotePage"), ...words("settings", "taxes"), "src/api/bodies.json"], kB: 165 },
  { name: "Invoice policy", chunks: [...around, page("InvoicePolicyPage"), ...words("settings")], kB: 139 },
  { name: "Numbering", chunks: [...around, page("NumberingPage"), ...words("settings"), list], kB: 340 },
  { name: "Payment", chunks: [...around, page("PaymentPage"), ...words("incoming", "payments")], kB: 146 },
  { name: "Refunds", chunks: [...around, page("RefundsPage"), ...words("bank", "incoming", "payments", "refunds"), list], kB: 343 },
  { name: "Disputes", chunks: [...around, page("DisputesPage"), ...words("bank", "contested"), list], kB: 340 },
  { name: "Write-offs", chunks: [...around, page("WriteOffsPage"), ...words("bank", "contested"), list], kB: 340 },
  { name: "Dead letter", chunks: [...around, page("DeadLetterPage"), ...words("usage", "audit")], kB: 143 },
];

function withImports(name: string, seen = new Set<string>()): Set<string> {
  const chunk = manifest[name];
  if (!chunk) throw new Error(`the manifest has no ${name}; there are ${Object.keys(manifest).join(", ")}`);
  if (seen.has(name)) return seen;
  seen.add(name);
  chunk.imports?.forEach((imported) => withImports(imported, seen));
  return seen;
}

/** As it is sent: the file itself where its compressed form would be no smaller. */
function sent_kB(names: Iterable<string>, suffix: ".br" | ".gz"): number {
  const paths = [...names].map((name) => join(dist, manifest[name]!.file));
  const bytes = paths.map((path) => statSync(existsSync(path + suffix) ? path + suffix : path).size);
  return bytes.reduce((total, size) => total + size, 0) / 1000;
}

let over = 0;
for (const { name, chunks, kB } of budgets) {
  const needed = new Set(chunks.flatMap((chunk) => [...withImports(chunk)]));
  const size = sent_kB(needed, ".gz");
  if (size > kB) over += 1;
  console.log(`${size > kB ? "OVER" : "ok  "} ${name.padEnd(14)} ${size.toFixed(1).padStart(6)} kB of ${kB}, ${sent_kB(needed, ".br").toFixed(1)} kB as brotli`);
}
process.exit(over === 0 ? 0 : 1);
