/**
 * The pages of the console, as data: the nav, the shortcuts, the palette and the router all read this list.
 *
 * A page is a chunk of its own with its words, fetched when its link is hovered, when the shell is idle, or at once when the URL asks
 * for it. Only pages that exist are listed.
 */
import { lazy, type ComponentType, type LazyExoticComponent } from "react";
import type { Key } from "../lib/i18n";
import { withWords, type Room } from "../lib/i18n/words";
import type { IconName } from "../ui/Icon";

export interface NavPlace {
  icon: IconName;
  /** Pressed after `g`. */
  letter: string;
}

export interface Page {
  path: string;
  title: Key;
  /** Its place in the nav, or null for a page that another one leads to. */
  nav: NavPlace | null;
  /** Fetches its chunks ahead. What fails here is told when the page is opened. */
  fetchAhead: () => void;
  Component: LazyExoticComponent<ComponentType>;
}

/** `rooms`: the words that the page says beside those of the shell and the kits; `npm run catalogues` holds it to them. */
function page(path: string, title: Key, nav: NavPlace | null, code: () => Promise<{ default: ComponentType }>, rooms: readonly Room[]): Page {
  const load = withWords(rooms, code);
  return { path, title, nav, fetchAhead: () => void load().catch(() => undefined), Component: lazy(load) };
}

export const pages: readonly Page[] = [
  page("/", "nav.overview", { icon: "overview", letter: "o" }, () => import("./pages/OverviewPage"), ["reporting"]),
  page("/invoices", "nav.invoices", { icon: "invoice", letter: "i" }, () => import("./pages/InvoicesPage"), ["invoicing", "credits", "debits"]),
  page("/invoices/credit-notes", "credits.title", null, () => import("./pages/CreditNotesPage"), ["invoicing", "credits", "debits"]),
  page("/invoices/credit-notes/:id", "credit.kind", null, () => import("./pages/CreditNotePage"), ["invoicing", "credits", "taxes"]),
  page("/invoices/coupons", "coupons.title", null, () => import("./pages/CouponsPage"), ["invoicing", "discounts"]),
  page("/invoices/debit-notes", "debits.title", null, () => import("./pages/DebitNotesPage"), ["invoicing", "credits", "debits"]),
  page("/invoices/deliveries", "deliveries.title", null, () => import("./pages/DeliveriesPage"), ["invoicing", "deliveries"]),
  page("/invoices/:id", "invoice.kind", null, () => import("./pages/InvoicePage"), ["invoicing"]),
  page("/billing-runs", "nav.runs", { icon: "play", letter: "n" }, () => import("./pages/BillingRunsPage"), ["runs", "automatic"]),
  page("/billing-runs/automatic", "automatic.title", null, () => import("./pages/AutomaticRunsPage"), ["runs", "automatic"]),
  page("/invoices/late-fee-policies", "latepolicies.title", null, () => import("./pages/LateFeePoliciesPage"), ["invoicing", "latefees"]),
  page("/billing-runs/:id", "run.kind", null, () => import("./pages/BillingRunPage"), ["runs"]),
  page("/payments/bank-statements", "statements.title", null, () => import("./pages/BankStatementsPage"), ["bank"]),
  page("/payments/bank-statements/:id", "statements.title", null, () => import("./pages/BankStatementPage"), ["bank"]),
  page("/payments/direct-debits", "debit_runs.title", null, () => import("./pages/DirectDebitsPage"), ["bank"]),
  page("/payments/direct-debits/:id", "debit_runs.title", null, () => import("./pages/DirectDebitPage"), ["bank"]),
  page("/payments/vouchers", "voucher_batches.title", null, () => import("./pages/VouchersPage"), ["bank", "vouchers"]),
  page("/payments/vouchers/:id", "voucher_batches.title", null, () => import("./pages/VoucherBatchPage"), ["bank", "vouchers"]),
  page("/payments/redemptions", "redemptions.title", null, () => import("./pages/RedemptionsPage"), ["bank", "vouchers"]),
  page("/payments/collections", "collections.title", null, () => import("./pages/CollectionsPage"), ["bank", "collecting"]),
  page("/payments/refunds", "refunds.title", null, () => import("./pages/RefundsPage"), ["bank", "incoming", "payments", "refunds"]),
  page("/payments/disputes", "disputes.title", null, () => import("./pages/DisputesPage"), ["bank", "contested"]),
  page("/payments/write-offs", "write_offs.title", null, () => import("./pages/WriteOffsPage"), ["bank", "contested"]),
  page("/payments/:id", "one_payment.kind", null, () => import("./pages/PaymentPage"), ["incoming", "payments"]),
  page("/plans", "nav.plans", { icon: "tag", letter: "t" }, () => import("./pages/PlansPage"), ["plans", "tariffs"]),
  page("/plans/bandwidth-profiles", "profiles.title", null, () => import("./pages/BandwidthProfilesPage"), ["tariffs"]),
  page("/plans/rate-tables", "ratetables.title", null, () => import("./pages/RateTablesPage"), ["tariffs"]),
  page("/plans/rate-tables/:id", "ratetable.kind", null, () => import("./pages/RateTablePage"), ["tariffs"]),
  page("/plans/holidays", "holidays.title", null, () => import("./pages/HolidaysPage"), ["tariffs"]),
  page("/plans/new", "plans.create", null, () => import("./pages/PlanEditorPage"), ["plans"]),
  page("/plans/:id/edit", "plan.edit", null, () => import("./pages/PlanEditorPage"), ["plans"]),
  page("/plans/:id/next", "plan.draft_version", null, () => import("./pages/PlanEditorPage"), ["plans"]),
  page("/plans/:id", "plan.kind", null, () => import("./pages/PlanPage"), ["plans", "migrations"]),
  page("/proof/what-if", "whatif.title", null, () => import("./pages/WhatIfPage"), ["whatif", "tariffs"]),
  page("/payments", "nav.payments", { icon: "checkCircle", letter: "p" }, () => import("./pages/PaymentsPage"), ["incoming", "payments", "bank"]),
  page("/dunning", "nav.dunning", { icon: "clock", letter: "m" }, () => import("./pages/DunningPage"), ["dunning", "network"]),
  page("/dunning/promises", "promises.title", null, () => import("./pages/PromisesPage"), ["dunning", "network"]),
  page("/dunning/handovers", "handovers.title", null, () => import("./pages/HandoversPage"), ["dunning", "network"]),
  page("/dunning/policies", "dunningpolicies.title", null, () => import("./pages/DunningPoliciesPage"), ["dunning", "network"]),
  page("/dunning/affected", "dunned.title", null, () => import("./pages/DunningAffectedPage"), ["dunning", "network"]),
  page("/dunning/:id", "dunning_case.kind", null, () => import("./pages/DunningCasePage"), ["dunning", "network"]),
  page("/journal", "nav.journal", { icon: "draft", letter: "j" }, () => import("./pages/JournalPage"), ["journal"]),
  page("/journal/entries/:id", "journal_entry.id", null, () => import("./pages/JournalEntryPage"), ["journal"]),
  page("/journal/revenue", "revenue.title", null, () => import("./pages/RevenuePage"), ["journal"]),
  page("/journal/exports", "journal_exports.title", null, () => import("./pages/JournalExportsPage"), ["journal"]),
  page("/reports", "nav.reports", { icon: "columns", letter: "r" }, () => import("./pages/ReportsPage"), ["reports"]),
  page("/reports/files", "reports.files", null, () => import("./pages/ReportFilesPage"), ["reports"]),
  page("/reports/schedules", "reports.schedules", null, () => import("./pages/ReportSchedulesPage"), ["reports"]),
  page("/reports/:id", "reports.kind", null, () => import("./pages/ReportPage"), ["reports"]),
  page("/analytics", "nav.analytics", { icon: "chart", letter: "a" }, () => import("./pages/AnalyticsPage"), ["analytics", "reporting"]),
  page("/analytics/rows", "analytics.rows", null, () => import("./pages/FigureRowsPage"), ["analytics"]),
  page("/cycles", "nav.cycles", { icon: "calendar", letter: "b" }, () => import("./pages/CyclesPage"), ["cycles"]),
  page("/customers", "nav.customers", { icon: "people", letter: "c" }, () => import("./pages/CustomersPage"), ["customers"]),
  page("/credit", "exposures.title", null, () => import("./pages/LimitsPage"), ["limits", "customers", "network"]),
  page("/customers/:id", "customer.kind", null, () => import("./pages/CustomerPage"), ["customers", "services", "invoicing"]),
  page("/usage", "nav.usage", { icon: "usage", letter: "u" }, () => import("./pages/UsagePage"), ["usage", "volume"]),
  page("/usage/records/:source/:id", "usage_record.kind", null, () => import("./pages/UsageRecordPage"), ["usage", "volume"]),
  page("/usage/quarantine", "quarantine.title", null, () => import("./pages/QuarantinePage"), ["usage"]),
  page("/usage/sessions", "sessions.title", null, () => import("./pages/SessionsPage"), ["usage"]),
  page("/usage/sources", "sources.title", null, () => import("./pages/SourcesPage"), ["usage", "equipment"]),
  page("/usage/sources/:id", "source.kind", null, () => import("./pages/SourcePage"), ["usage", "equipment"]),
  page("/usage/files", "files.title", null, () => import("./pages/FilesPage"), ["usage", "files"]),
  page("/usage/files/:id", "file.kind", null, () => import("./pages/FilePage"), ["usage", "files"]),
  page("/usage/retractions", "retractions.title", null, () => import("./pages/RetractionsPage"), ["usage", "files", "retractions"]),
  page("/usage/retractions/:id", "retraction.kind", null, () => import("./pages/RetractionPage"), ["usage", "files", "retractions"]),
  page("/usage/meters", "meters.title", null, () => import("./pages/MetersPage"), ["usage", "meters"]),
  page("/usage/meters/:id", "meter.kind", null, () => import("./pages/MeterPage"), ["usage", "meters"]),
  page("/usage/network", "network.title", null, () => import("./pages/NetworkPage"), ["usage", "network"]),
  page("/usage/network/elements", "elements.title", null, () => import("./pages/NetworkElementsPage"), ["usage", "network"]),
  page("/usage/resources", "resources.title", null, () => import("./pages/ResourcesPage"), ["usage", "resources"]),
  page("/usage/resources/:id", "resource.kind", null, () => import("./pages/ResourcePage"), ["usage", "resources"]),
  page("/usage/reconciliation", "reconciliation.title", null, () => import("./pages/ReconciliationPage"), ["usage", "reconciliation"]),
  page("/usage/events", "events.title", null, () => import("./pages/AuditPage"), ["usage", "audit"]),
  page("/usage/dead-letters", "dead_letters.title", null, () => import("./pages/DeadLettersPage"), ["usage", "audit"]),
  page("/usage/dead-letters/:id", "dead_letter.kind", null, () => import("./pages/DeadLetterPage"), ["usage", "audit"]),
  page("/services", "nav.services", { icon: "service", letter: "s" }, () => import("./pages/ServicesPage"), ["services"]),
  page("/services/catalogue", "catalogue.title", null, () => import("./pages/CataloguePage"), ["services"]),
  page("/services/:id", "service.kind", null, () => import("./pages/ServicePage"), ["services", "spend", "allowances", "network"]),
  page("/outages", "nav.outages", { icon: "warning", letter: "d" }, () => import("./pages/OutagesPage"), ["corrections"]),
  page("/outages/:id", "outage.kind", null, () => import("./pages/OutagePage"), ["corrections"]),
  page("/reratings", "nav.reratings", { icon: "swap", letter: "e" }, () => import("./pages/ReratingsPage"), ["corrections"]),
  page("/reratings/new", "reratings.create", null, () => import("./pages/NewReratingPage"), ["corrections", "plans"]),
  page("/reratings/:id", "rerating.kind", null, () => import("./pages/ReratingPage"), ["corrections"]),
  page("/health", "nav.health", { icon: "health", letter: "h" }, () => import("./pages/HealthPage"), ["reporting", "system"]),
  page("/proof/conservation", "system.conservation", null, () => import("./pages/ConservationPage"), ["system", "reconciliation"]),
  page("/proof/rebuilds", "system.rebuilds", null, () => import("./pages/RebuildsPage"), ["system"]),
  page("/settings", "nav.settings", { icon: "gear", letter: "x" }, () => import("./pages/TaxJurisdictionsPage"), ["settings", "taxes"]),
  page("/settings/tax-rates", "tax_rates.title", null, () => import("./pages/TaxRatesPage"), ["settings", "taxes"]),
  page("/settings/tax-exemptions", "exemptions.title", null, () => import("./pages/TaxExemptionsPage"), ["settings"]),
  page("/settings/tax-quote", "tax_quote.title", null, () => import("./pages/TaxQuotePage"), ["settings", "taxes"]),
  page("/settings/numbering", "numbering.title", null, () => import("./pages/NumberingPage"), ["settings"]),
  page("/settings/numbering/:id", "chain.title", null, () => import("./pages/SeriesChainPage"), ["settings", "proof"]),
  page("/settings/legal-entities", "entities.title", null, () => import("./pages/LegalEntitiesPage"), ["settings"]),
  page("/settings/users", "users.title", null, () => import("./pages/UsersPage"), ["settings", "access"]),
  page("/settings/api-keys", "keys.title", null, () => import("./pages/ApiKeysPage"), ["settings", "access"]),
  page("/settings/roles", "roles.title", null, () => import("./pages/RolesPage"), ["settings", "access"]),
  page("/settings/webhooks", "webhooks.title", null, () => import("./pages/WebhooksPage"), ["settings", "access", "webhooks"]),
  page("/settings/webhooks/:id", "webhook.kind", null, () => import("./pages/WebhookPage"), ["settings", "access", "webhooks"]),
  page("/settings/mails", "mails.title", null, () => import("./pages/MailsPage"), ["settings", "reports", "mails"]),
  page("/settings/access-policy", "access_policy.title", null, () => import("./pages/AccessPolicyPage"), ["settings", "access"]),
  page("/account", "own.title", null, () => import("./pages/AccountPage"), ["identity", "own"]),
  page("/settings/invoice-policy", "policy.title", null, () => import("./pages/InvoicePolicyPage"), ["settings"]),
  page("/settings/payments", "payment_settings.title", null, () => import("./pages/PaymentSettingsPage"), ["settings", "collecting", "limits"]),
  page("/settings/gateways", "gateways.title", null, () => import("./pages/GatewaysPage"), ["settings", "collecting"]),
  page("/settings/chart-of-accounts", "chart.title", null, () => import("./pages/ChartOfAccountsPage"), ["settings"]),
];

export interface NavPage extends Page {
  nav: NavPlace;
}

export const navPages = pages.filter((candidate): candidate is NavPage => candidate.nav !== null);
