/**
 * A list page as data: what `ListPage` draws and asks.
 *
 *     export const invoiceList: ListSpec<Invoice, InvoicePage, InvoiceQuery, "invoices"> = {
 *       name: "invoices", words: "invoices",
 *       read: (query, signal) => answer(api.GET("/v1/invoices", { params: { query }, signal })),
 *       tabs: [{ id: "outstanding", query: { status: ["issued"], sort: "due_on" }, counted: true }, …],
 *       filters: [{ kind: "text", name: "q", label: "invoices.search", max: 200 }, …],
 *       columns: [{ id: "number", title: "invoice.number", sort: "number", render: … }, …],
 *       totals: [["amount", "invoices.total"], ["due", "invoices.due"]],
 *     };
 *
 * `words: "invoices"` names the labels: `invoices.title`, `.tabs`, `.count`, `.filters`, `.no_match`, `.clear`,
 * `.show_all`, and for each tab `.tab_<id>` and `.empty_<id>`. A list without one of them is a type error.
 */
import type { ComponentType, ReactNode } from "react";
import type { Key } from "../../lib/i18n";
import type { After, Words } from "../../lib/i18n/prefix";
import type { Job, NewExport } from "../../lib/jobs";
import type { Filter } from "../../lib/listQuestion";
import type { ListState } from "../../lib/listState";
import type { CommandHeaders } from "../../lib/useCommand";
import type { Call } from "../../lib/api";
import type { IconName } from "../Icon";
import type { ListPage } from "../table/column";

export type ListWords = Words<"title" | "tabs" | "count" | "filters" | "no_match" | "clear" | "show_all">;

/** The tabs for which `<words>.tab_…` exists. */
export type TabId<Name extends string> = After<`${Name}.tab_`>;

export interface ListTab<Query, Id extends string = string> {
  id: Id;
  /** What it asks, with the order it opens in: worked through from the oldest, looked up from the newest. */
  query: Partial<Query>;
  /** Shows how many there are, under the filters in force. */
  counted?: boolean;
  /** Stands over "nothing here"; where nothing is good news, a tick. */
  icon?: IconName;
}

export interface ListColumn<Row> {
  id: string;
  title: Key;
  render: (row: Row, list: ListState) => ReactNode;
  align?: "end";
  /** The API's field to sort by; without it the column can't be sorted. */
  sort?: string;
  /** Shown only when the reader chooses it. */
  extra?: boolean;
  width?: number;
}

/** What bulk work is for: rows by id, or all that the question finds. */
export type BulkScope<Query> = { ids: readonly string[] } | { filter: Query };

export interface BulkAction<Query> {
  id: string;
  label: Key;
  icon: IconName;
  /** What follows, with a hole `{count}`. */
  consequence: Key;
  /** Starts the server's job. */
  start: (scope: BulkScope<Query>, headers: CommandHeaders) => Promise<Call<Job>>;
}

/** Work that is done when it is answered: the dialog asks, and shows what came of it. */
export interface BulkQuestion<Query> {
  id: string;
  label: Key;
  icon: IconName;
  Dialog: ComponentType<{ scope: BulkScope<Query>; count: number; onClose: () => void }>;
}

/** `list` is the path of a list below /v1/; a report has its name. */
export type ListExport = { formats: readonly NonNullable<NewExport["format"]>[] } & ({ list: string } | { report: string });

/** A page with the totals of the filter, one row a currency. */
export interface CountedPage<Row> extends ListPage<Row> {
  totals?: readonly ({ currency: string } & Readonly<Record<string, unknown>>)[];
  /** There are more than `total`. */
  total_is_minimum?: boolean;
  /** The day (UTC) from which on its rows are kept; null while none was dropped. */
  kept_since?: string | null;
}

export interface ListSpec<Row extends { id: string }, Page extends CountedPage<Row>, Query extends object, Name extends ListWords> {
  /** First part of its query keys; names it in the reader's preferences and saved views. */
  name: string;
  words: Name;
  read: (query: Query, signal: AbortSignal) => Promise<Page>;
  /** The first is the plain list; `all` has all, or the last where none is called so. */
  tabs: readonly ListTab<Query, TabId<Name>>[];
  filters: readonly Filter[];
  /** The first names the row, with a link to its page; a command under way is told there. */
  columns: readonly ListColumn<Row>[];
  /** Fields of `totals[]` to show, with their word. */
  totals: readonly (readonly [field: string, label: Key])[];
  icon: IconName;
  actions: (row: Row) => ReactNode;
  /** What is made here: a button over the list, and what it opens; the URL has `create=1` while it is open. */
  create?: { label: Key; Drawer: ComponentType<{ onClose: () => void }> };
  /** Where rows go after a time: the filter of the last day asked for, and what is said, with a hole `{day}`, of those before it. */
  kept?: { to: string; gone: Key };
  bulk?: readonly (BulkAction<Query> | BulkQuestion<Query>)[];
  /** The files that the server makes of it; without it the rows are read and saved as CSV. */
  exported?: ListExport;
}
