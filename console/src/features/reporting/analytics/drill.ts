/**
 * The page that shows the rows behind a figure: the list request that a report names, as a page of the console.
 *
 *     drillOf("/v1/invoices?status=issued&from=2026-09-01&to=2026-09-30")     // /invoices?status=all&from=…&to=…&state=issued
 *
 * A page shows exactly those rows or is not offered: a parameter that its list does not know gives null, never a wider list.
 */
interface Target {
  page: string;
  /** Added to the page's own query: its tab that takes nothing away. */
  tab: string | null;
  /** The API's parameters, and what the page calls them. */
  takes: Readonly<Record<string, string>>;
  /** Tabs that say what parameters say: the first that fits is taken. */
  tabs?: readonly { tab: string; query: Readonly<Record<string, readonly string[]>> }[];
}

const same = (...names: string[]) => Object.fromEntries(names.map((name) => [name, name]));

const targets: Readonly<Record<string, Target>> = {
  "/v1/invoices": {
    page: "/invoices", tab: "all",
    takes: same("from", "to", "account_id", "run_id", "currency", "due_from", "due_to", "cycle_id"),
    tabs: [
      { tab: "outstanding", query: { status: ["issued"], payment_status: ["partially_paid", "unpaid"] } },
      { tab: "paid", query: { status: ["issued"], payment_status: ["paid"] } },
      { tab: "issued", query: { status: ["issued"] } },
      { tab: "overdue", query: { overdue: ["true"] } },
      { tab: "void", query: { status: ["void"] } },
    ],
  },
  "/v1/credit-notes": { page: "/invoices/credit-notes", tab: null, takes: same("from", "to", "account_id", "reason", "currency") },
  "/v1/payments": {
    page: "/payments", tab: "all", takes: same("from", "to", "account_id", "method", "currency"),
    tabs: [
      { tab: "succeeded", query: { status: ["succeeded"] } },
      { tab: "failed", query: { status: ["failed"] } },
      { tab: "pending", query: { status: ["authorised", "pending"] } },
    ],
  },
  "/v1/usage/records": {
    page: "/usage", tab: null, takes: same("from", "to", "account_id", "subscription_id", "meter", "source"),
    tabs: [{ tab: "quarantined", query: { state: ["quarantined"] } }, { tab: "billed", query: { state: ["billed", "late_settled"] } }],
  },
  "/v1/events": { page: "/usage/events", tab: null, takes: same("from", "to", "account_id", "type", "correlation_id", "aggregate_id", "actor") },
  "/v1/journal": { page: "/journal", tab: null, takes: same("from", "to", "account", "plan_id", "document_id", "currency") },
  "/v1/customer-configs": { page: "/customers", tab: null, takes: same("cycle_id", "plan_id"), tabs: [{ tab: "overdue", query: { overdue: ["true"] } }] },
  "/v1/dunning/cases": { page: "/dunning", tab: "all", takes: same("account_id", "policy_id", "access"), tabs: [{ tab: "cleared", query: { status: ["cleared"] } }, { tab: "open", query: { status: ["open"] } }] },
  "/v1/subscriptions": { page: "/services", tab: "all", takes: same("account_id", "plan_id") },
};

/** Said of every list: they narrow nothing. */
const ignored = new Set(["sort", "limit", "size", "page"]);

export function drillOf(request: string | null | undefined): string | null {
  if (!request) return null;
  const [path = "", search = ""] = request.split("?");
  const target = targets[path];
  if (!target) return null;
  const asked = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(search)) if (!ignored.has(name)) asked.set(name, [...(asked.get(name) ?? []), value].sort());
  const tab = (target.tabs ?? []).find(({ query }) => Object.entries(query).every(([name, values]) => asked.get(name)?.join() === [...values].sort().join()));
  if (tab) Object.keys(tab.query).forEach((name) => asked.delete(name));
  const query = new URLSearchParams();
  const shown = tab?.tab ?? target.tab;
  if (shown) query.set("status", shown);
  for (const [name, values] of asked) {
    const own = target.takes[name];
    if (own === undefined || values.length !== 1) return null;
    query.set(own, values[0]!);
  }
  const text = query.toString();
  return text === "" ? target.page : `${target.page}?${text}`;
}
