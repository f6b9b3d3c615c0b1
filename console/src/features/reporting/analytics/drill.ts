/**
 * The page that shows the rows behind a figure: the list request that a report names, as a page of the console.
 *
 *     drillOf("/v1/invoices?overdue=true&account_id=acc-1")     // /invoices?status=overdue&account_id=acc-1
 *
 * A page shows exactly those rows, never more: where no list of the console takes all that the request says, the page of
 * plain rows does (`rowsPath`), which asks the request as it is.
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

/** By the path of the API's list; src/app/drills.test.tsx holds the names to the OpenAPI document and to the page's filters. */
export const targets: Readonly<Record<string, Target>> = {
  "/v1/invoices": {
    page: "/invoices", tab: "all",
    takes: same("from", "to", "account_id", "run_id"),
    tabs: [
      { tab: "outstanding", query: { status: ["issued"], payment_status: ["partially_paid", "unpaid"] } },
      { tab: "paid", query: { status: ["issued"], payment_status: ["paid"] } },
      { tab: "overdue", query: { overdue: ["true"] } },
      { tab: "void", query: { status: ["void"] } },
    ],
  },
  "/v1/credit-notes": { page: "/invoices/credit-notes", tab: null, takes: same("from", "to", "account_id", "reason") },
  "/v1/payments": {
    page: "/payments", tab: "all", takes: same("from", "to", "account_id", "method"),
    tabs: [
      { tab: "succeeded", query: { status: ["succeeded"] } },
      { tab: "pending", query: { status: ["authorised", "pending"] } },
    ],
  },
  "/v1/usage/records": {
    page: "/usage", tab: null, takes: same("from", "to", "account_id", "subscription_id", "meter", "source"),
    tabs: [{ tab: "quarantined", query: { state: ["quarantined"] } }, { tab: "billed", query: { state: ["billed", "late_settled"] } }],
  },
  "/v1/events": { page: "/usage/events", tab: null, takes: same("from", "to", "account_id", "type", "correlation_id", "aggregate_id", "actor") },
  "/v1/journal": { page: "/journal", tab: null, takes: same("from", "to", "account", "plan_id", "document_id") },
  "/v1/customer-configs": { page: "/customers", tab: null, takes: same("cycle_id", "plan_id"), tabs: [{ tab: "overdue", query: { overdue: ["true"] } }] },
  "/v1/dunning/cases": { page: "/dunning", tab: "all", takes: same("account_id", "policy_id", "access"), tabs: [{ tab: "cleared", query: { status: ["cleared"] } }, { tab: "open", query: { status: ["open"] } }] },
  "/v1/subscriptions": { page: "/services", tab: "all", takes: same("account_id", "plan_id") },
};

/** Said of every list: they narrow nothing. */
const ignored = new Set(["sort", "limit", "size", "page"]);

/** The page of plain rows: what is read there is a list, and nothing else. */
export function rowsPath(request: string): string {
  return `/analytics/rows?of=${encodeURIComponent(request)}`;
}

const readable = [...Object.keys(targets), "/v1/reports/rows/"];

/** Whether a request of the page's address is one of the lists that rows come from: an address may be made by anybody. */
export function isReadable(request: string): boolean {
  const [path = ""] = request.split("?");
  return readable.some((list) => (list.endsWith("/") ? path.startsWith(list) && /^[a-z-]+$/.test(path.slice(list.length)) : path === list));
}

export function drillOf(request: string | null | undefined): string | null {
  if (!request || !isReadable(request)) return null;
  return pageOf(request) ?? rowsPath(request);
}

/** Requests that differ in one parameter as one: their values beside each other, or the time from the first to the last. */
export function together(requests: readonly (string | null | undefined)[]): string | null {
  const [first, ...others] = requests;
  if (!first || requests.length > together_max) return null;
  const paths = new Set(requests.map((request) => request?.split("?")[0]));
  const queries = requests.map((request) => new URLSearchParams(request?.split("?")[1] ?? ""));
  if (paths.size > 1 || requests.some((request) => !request)) return null;
  if (others.length === 0) return first;
  const names = new Set(queries.flatMap((query) => [...query.keys()]));
  const differing = [...names].filter((name) => new Set(queries.map((query) => query.getAll(name).join("\n"))).size > 1);
  const query = new URLSearchParams(queries[0]);
  if (differing.length === 1 && differing[0] !== "from" && differing[0] !== "to") {
    const [name = ""] = differing;
    query.delete(name);
    for (const value of new Set(queries.flatMap((one) => one.getAll(name)))) query.append(name, value);
  } else if (differing.length > 0 && differing.every((name) => name === "from" || name === "to")) {
    const times = (name: string) => queries.map((one) => one.get(name) ?? "").sort();
    query.set("from", times("from")[0] ?? "");
    query.set("to", times("to").at(-1) ?? "");
  } else if (differing.length > 0) return null;
  return `${[...paths][0]}?${query.toString()}`;
}

/** A longer address some servers refuse. */
const together_max = 40;

function pageOf(request: string): string | null {
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
    if ((name === "from" || name === "to") && !/^\d{4}-\d{2}-\d{2}$/.test(values[0]!)) return null;
    query.set(own, values[0]!);
  }
  const text = query.toString();
  return text === "" ? target.page : `${target.page}?${text}`;
}
