/** Places that stand for the others where a look at all would take too long. */

/** A page of each shape. */
export const few: ReadonlySet<string> = new Set(["/", "/analytics", "/invoices", "/invoices/inv-0206?explain=2", "/customers/acc-0002", "/plans/new?step=prices", "/usage/records/olt-7/rec-billed", "/payments/bank-statements?create=1", "/reports/revenue"]);

/** What only an administrator opens, and the Overview of the demo. */
export const administered: readonly string[] = ["/", "/settings/webhooks?create=1", "/settings/webhooks/erp", "/settings/users?create=1", "/settings/api-keys?create=1", "/settings/roles?create=1", "/settings/access-policy", "/settings/legal-entities?create=1", "/usage/events?chain=payments%2F1%2F9"];
