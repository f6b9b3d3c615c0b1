/** Which readings of the console an event touches, by the service that wrote it. */
import type { RootsOf } from "../lib/live/useLive";

const house = ["overview", "reports", "events"];

const roots: Readonly<Record<string, readonly string[]>> = {
  usage: ["usage", "quarantine", "retractions", "sessions", "sources", "resources", "meters", "files", "network", "network-elements", ...house],
  rating: ["accounts", "billing-cycles", "customers", "plans", "subscriptions", "services", "bandwidth-profiles", "holidays", "migrations", "rate-tables", "outages", "reratings", ...house],
  invoicing: ["invoices", "credit-notes", "debit-notes", "deliveries", "coupons", "billing-runs", "automatic-runs", "late-fee-policies", "late-fees", "numbering-series", "legal-entities", "invoice-policy", "bill-profiles", "tax-jurisdictions", "tax-rates", "tax-exemptions", ...house],
  payments: ["payments", "refunds", "collections", "disputes", "write_offs", "receivables", "statement", "invoices", "customers", ...house],
};

export const rootsOf: RootsOf = ({ service }) => roots[service] ?? house;
