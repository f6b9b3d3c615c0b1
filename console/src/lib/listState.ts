/**
 * The state of a list lives in its URL: page, size, order, columns and filters. Back, refresh and sharing then work.
 *
 *     const list = useListState();
 *     list.set({ q: "MTR-2026", from: null });   // a changed filter starts at page 1 again
 *
 * A default is not written, so `/invoices` is the plain work list. A damaged value counts as absent.
 */
import { useMemo } from "react";
import { useSearchParams } from "react-router";

export const pageSizes = [20, 50, 100] as const;
const defaultSize = 50;

export type Changes = Readonly<Record<string, string | null>>;

export interface ListState {
  page: number;
  size: number;
  /** The API's field, with `-` before it for the greatest first; null is the list's own order. */
  sort: string | null;
  columns: readonly string[] | null;
  get: (name: string) => string | null;
  /** `replace`: without an entry in the history, for what changes by keystrokes. */
  set: (changes: Changes, options?: { replace?: boolean }) => void;
  /** The query string with these changes, for a link. */
  href: (changes: Changes) => string;
}

export function useListState(): ListState {
  const [search, setSearch] = useSearchParams();
  return useMemo(() => {
    const get = (name: string) => search.get(name) || null;
    return {
      page: whole(get("page")) ?? 1,
      size: pageSizes.find((size) => size === whole(get("size"))) ?? defaultSize,
      sort: /^-?\w+$/.test(get("sort") ?? "") ? get("sort") : null,
      columns: get("cols")?.split(",") ?? null,
      get,
      set: (changes, options) => setSearch((before) => changed(before, changes), options),
      href: (changes) => `?${changed(search, changes).toString()}`,
    };
  }, [search, setSearch]);
}

export function changed(before: URLSearchParams, changes: Changes): URLSearchParams {
  const next = new URLSearchParams(before);
  const turnsPage = "page" in changes || "cols" in changes;
  if (!turnsPage) next.delete("page");
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === "" || isDefault(name, value)) next.delete(name);
    else next.set(name, value);
  }
  return next;
}

/** The order after a click on a column: ascending, then descending, then the list's own. */
export function nextSort(current: string | null, field: string): string | null {
  if (current === field) return `-${field}`;
  return current === `-${field}` ? null : field;
}

function isDefault(name: string, value: string): boolean {
  return (name === "page" && value === "1") || (name === "size" && value === String(defaultSize));
}

function whole(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,6}$/.test(text) ? Number(text) : null;
}
