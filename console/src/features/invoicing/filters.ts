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

/**
 * The filters of the URL that say nothing, such as `from=2026-13-45`. Left out, the list would show more than was asked
 * for, so nothing is shown before they are cleared; a damaged page, size or order only falls back to the usual one.
 */
export function damagedFilters(list: Pick<ListState, "get">): { name: string; value: string }[] {
  const sound: Readonly<Record<string, (text: string) => boolean>> = {
    status: (text) => invoiceTabs.some((tab) => tab === text),
    from: (text) => date(text) !== null,
    to: (text) => date(text) !== null,
    account_id: (text) => text.length <= 64,
    q: (text) => text.length <= 200,
  };
  return Object.entries(sound).flatMap(([name, isSound]) => {
    const value = list.get(name);
    return value === null || isSound(value) ? [] : [{ name, value }];
  });
}

/** What takes all filters away. */
export const cleared = { q: null, account_id: null, from: null, to: null } as const;

/** Whether anything but the tab narrows the list. */
export function isNarrowed(list: Pick<ListState, "get">): boolean {
  return Object.keys(cleared).some((name) => list.get(name) !== null);
}

function isSort(text: string | null): text is Sort {
  return invoiceSorts.some((field) => text === field || text === `-${field}`);
}

/** A day that the calendar has, or null. */
function date(text: string | null): string | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? text : null;
}
