/**
 * Where the rows behind a figure are seen: the console's page for the list that the API names.
 *
 *     rowsPath("/v1/invoices?issued_from=2026-09-01&status=issued")   // "/invoices?status=all&issued_from=2026-09-01"
 *
 * Null where no page shows that list: the figure is then no link.
 */
const lists: readonly (readonly [api: string, page: string])[] = [
  ["/v1/invoices", "/invoices"],
  ["/v1/credit-notes", "/invoices/credit-notes"],
  ["/v1/payments", "/payments"],
  ["/v1/journal", "/journal"],
  ["/v1/customer-configs", "/customers"],
  ["/v1/accounts", "/customers"],
  ["/v1/subscriptions", "/services"],
  ["/v1/usage/records", "/usage"],
  ["/v1/dunning/cases", "/dunning"],
  ["/v1/events", "/usage/events"],
];

export function rowsPath(path: string | null | undefined): string | null {
  if (!path) return null;
  const [list = "", query = ""] = path.split("?");
  const page = lists.find(([api]) => api === list)?.[1];
  if (!page) return null;
  // `status` of a page is its tab; the plain list has all of them.
  const asked = new URLSearchParams([["status", "all"], ...[...new URLSearchParams(query)].filter(([name]) => name !== "status")]);
  return `${page}?${asked.toString()}`;
}
