/**
 * From a list's URL to the question asked of the API: `/invoices?status=overdue&page=2` asks what the tab "overdue" and
 * the filters say, in the tab's order or the column's, for that page.
 *
 * The tab is the URL's `status`; the plain URL is the first tab, the list that one works through, not "all".
 */
import type { ListState } from "./listState";
import type { Key } from "./i18n";

export interface TabQuestion<Query> {
  id: string;
  query: Partial<Query>;
}

/** What narrows a list beside its tab. `name` is the URL's parameter and the API's; `many`: the API takes several. */
export type Filter =
  | { kind: "text"; name: string; label: Key; max: number }
  | { kind: "dates"; from: string; to: string; labels: readonly [Key, Key] }
  | { kind: "choice"; name: string; label: Key; options: readonly (readonly [value: string, label: Key])[]; many?: boolean }
  /** One of the operator's legal entities, by id, or `operator` for what is in the operator's own books. */
  | { kind: "entity"; name: string; label: Key; operator: Key }
  /** Set by a link and taken away by a button: `label` and `drop` have a hole `{value}`. */
  | { kind: "linked"; name: string; label: Key; drop: Key; max: number; many?: boolean };

/** In the URL, for the API's empty legal entity: an empty parameter of a list's URL says nothing. No id has this sign. */
export const operator = "~";
const longest = 64;

export interface Asking<Query> {
  tabs: readonly TabQuestion<Query>[];
  filters: readonly Filter[];
  columns: readonly { sort?: string }[];
}

export interface DamagedFilter {
  /** The parameter of the URL. */
  name: string;
  value: string;
}

type Reading = Pick<ListState, "get">;

export function tabOf<Tab extends { id: string }>(tabs: readonly Tab[], list: Reading): Tab {
  const wanted = list.get("status");
  return tabs.find(({ id }) => id === wanted) ?? tabs[0]!;
}

export function questionOf<Query extends object>({ tabs, filters, columns }: Asking<Query>, list: Reading & Pick<ListState, "page" | "size" | "sort">): Query {
  const isSort = columns.some(({ sort }) => sort && (list.sort === sort || list.sort === `-${sort}`));
  return {
    ...tabOf(tabs, list).query,
    ...narrowing(filters, list),
    ...(isSort && { sort: list.sort }),
    page: list.page,
    size: list.size,
  } as unknown as Query;
}

/** What the filters of the URL ask, without the tab; a filter that says nothing is left out. */
export function narrowing(filters: readonly Filter[], list: Reading): Record<string, string | string[]> {
  const asked = filters.flatMap((filter) =>
    parametersOf(filter).flatMap((name): [string, string | string[]][] => {
      const value = list.get(name);
      if (value === null || !isSound(filter, value)) return [];
      const asked = filter.kind === "entity" && value === operator ? "" : value;
      return [[name, "many" in filter && filter.many ? [asked] : asked]];
    }),
  );
  return Object.fromEntries(asked);
}

/**
 * The filters of the URL that say nothing, such as `from=2026-13-45`. Left out, the list would show more than was asked
 * for, so nothing is shown before they are cleared; a damaged page, size or order only falls back to the usual one.
 */
export function damagedFilters({ tabs, filters }: { tabs: readonly { id: string }[]; filters: readonly Filter[] }, list: Reading): DamagedFilter[] {
  const damaged = (name: string, isGood: (value: string) => boolean): DamagedFilter[] => {
    const value = list.get(name);
    return value === null || isGood(value) ? [] : [{ name, value }];
  };
  return [
    ...damaged("status", (value) => tabs.some(({ id }) => id === value)),
    ...filters.flatMap((filter) => parametersOf(filter).flatMap((name) => damaged(name, (value) => isSound(filter, value)))),
  ];
}

/** What takes all filters away. */
export function cleared(filters: readonly Filter[]): Readonly<Record<string, null>> {
  return Object.fromEntries(filters.flatMap(parametersOf).map((name) => [name, null]));
}

/** Whether anything but the tab narrows the list. */
export function isNarrowed(filters: readonly Filter[], list: Reading): boolean {
  return filters.flatMap(parametersOf).some((name) => list.get(name) !== null);
}

function parametersOf(filter: Filter): readonly string[] {
  return filter.kind === "dates" ? [filter.from, filter.to] : [filter.name];
}

function isSound(filter: Filter, value: string): boolean {
  if (filter.kind === "dates") return isDate(value);
  if (filter.kind === "choice") return filter.options.some(([option]) => option === value);
  return value.length <= (filter.kind === "entity" ? longest : filter.max);
}

/** Whether the calendar has this day. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** As the list's own path takes it, without the page: all that it finds. */
export function queryString(filter: object): string {
  const { page: _page, size: _size, ...asked } = filter as Record<string, unknown>;
  const pairs = Object.entries(asked).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)]));
  return new URLSearchParams(pairs).toString();
}
