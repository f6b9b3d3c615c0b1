/**
 * From the list's URL to the question asked of the API: `/invoices?status=overdue&page=2` asks for `overdue=true`.
 *
 * The tab is the URL's `status`; the plain URL is "outstanding", the list that one works through, not "all".
 */
import type { ListState } from "../../lib/listState";

export const invoiceTabs = ["outstanding", "overdue", "draft", "paid", "void", "all"] as const;

export type InvoiceTab = (typeof invoiceTabs)[number];

/** The fields that the list can be ordered by. */
export const invoiceSorts = ["number", "account_id", "issued_on", "due_on", "days_overdue", "total", "due"] as const;

type SortField = (typeof invoiceSorts)[number];
type Sort = SortField | `-${SortField}`;

export interface InvoiceFilter {
  status?: ("draft" | "locked" | "issued" | "void" | "carried_forward")[];
  payment_status?: ("unpaid" | "partially_paid" | "paid")[];
  overdue?: boolean;
  account_id?: string[];
  q?: string;
  /** First and last day of issue, both included. */
  from?: string;
  to?: string;
  sort?: Sort;
  page: number;
  size: number;
}

/** What is worked through begins with the oldest debt, what is looked up with the newest document. */
const byTab: Readonly<Record<InvoiceTab, Partial<InvoiceFilter>>> = {
  outstanding: { status: ["issued"], payment_status: ["unpaid", "partially_paid"], sort: "due_on" },
  overdue: { overdue: true, sort: "due_on" },
  draft: { status: ["draft", "locked"], sort: "account_id" },
  paid: { status: ["issued"], payment_status: ["paid"], sort: "-number" },
  void: { status: ["void"], sort: "-number" },
  all: { sort: "-number" },
};

export function tabOf(list: Pick<ListState, "get">): InvoiceTab {
  const wanted = list.get("status");
  return invoiceTabs.find((tab) => tab === wanted) ?? "outstanding";
}

export function toFilter(list: Pick<ListState, "get" | "page" | "size" | "sort">): InvoiceFilter {
  const account = list.get("account_id");
  const text = list.get("q");
  const from = date(list.get("from"));
  const to = date(list.get("to"));
  return {
    ...byTab[tabOf(list)],
    ...(account && { account_id: [account] }),
    ...(text && { q: text }),
    ...(from && { from }),
    ...(to && { to }),
    ...(isSort(list.sort) && { sort: list.sort }),
    page: list.page,
    size: list.size,
  };
}

/** Whether anything but the tab narrows the list. */
export function isNarrowed(list: Pick<ListState, "get">): boolean {
  return ["q", "account_id", "from", "to"].some((name) => list.get(name) !== null);
}

function isSort(text: string | null): text is Sort {
  return invoiceSorts.some((field) => text === field || text === `-${field}`);
}

function date(text: string | null): string | null {
  return text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null;
}
