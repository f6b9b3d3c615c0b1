/** Which readings of the console an event touches, by the service that wrote it. */
import type { RootsOf } from "../lib/live/useLive";

const house = ["overview", "reports", "events", "analytics"];
/** What stands beside a customer or a bill changes with money, whoever booked it. */
const money = ["invoices", "customers", "exposures", "journal", "receivables"];

const roots: Readonly<Record<string, readonly string[]>> = {
  usage: ["usage", "quarantine", "retractions", "sessions", "sources", "resources", "meters", "files", "network", "network-elements", ...house],
  rating: ["accounts", "billing-cycles", "customers", "plans", "subscriptions", "services", "bandwidth-profiles", "holidays", "migrations", "rate-tables", "outages", "reratings", "charges", "next-runs", "usage", "exposures", ...house],
  invoicing: ["credit-notes", "debit-notes", "deliveries", "coupons", "billing-runs", "automatic-runs", "next-runs", "late-fee-policies", "late-fees", "numbering-series", "legal-entities", "invoice-policy", "bill-profiles", "tax-jurisdictions", "tax-rates", "tax-exemptions", ...money, ...house],
  payments: [
    "payments", "refunds", "collections", "disputes", "write_offs", "receivables", "statement", "dunning", "dunning-policies", "promises", "handovers", "bank_statements", "bank_entries", "debit_runs", "debits", "voucher_batches", "vouchers", "redemptions",
    "gateways", "payment-settings", "credit-settings", "chart-of-accounts", ...money, ...house,
  ],
};

export const rootsOf: RootsOf = ({ service }) => roots[service] ?? house;
