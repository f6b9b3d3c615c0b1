/** What a list page reads: its page of rows, and how many lie in the other tabs. */
import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { damagedFilters, narrowing, questionOf, tabOf } from "../../lib/listQuestion";
import { useListState } from "../../lib/listState";
import { useRefreshInterval } from "../../lib/queries";
import type { CountedPage, ListSpec, ListWords } from "./spec";

export function useList<Row extends { id: string }, Page extends CountedPage<Row>, Query extends object, Name extends ListWords>(spec: ListSpec<Row, Page, Query, Name>) {
  const list = useListState();
  const damaged = damagedFilters(spec, list);
  const question = questionOf(spec, list);
  const query = useQuery({
    queryKey: [spec.name, "list", question],
    queryFn: ({ signal }) => spec.read(question, signal),
    placeholderData: keepPreviousData,
    // A page seen before is shown and read anew: its total says which page is the last.
    staleTime: 0,
    refetchInterval: useRefreshInterval(),
    enabled: damaged.length === 0,
  });
  return { list, damaged, question, query, tab: tabOf(spec.tabs, list) };
}

/** By tab, how many the filters in force find in it; the tab that is open is counted by its own page. */
export function useTabCounts<Row extends { id: string }, Page extends CountedPage<Row>, Query extends object, Name extends ListWords>(
  spec: ListSpec<Row, Page, Query, Name>,
  { list, tab, query, damaged }: Pick<ReturnType<typeof useList<Row, Page, Query, Name>>, "list" | "tab" | "query" | "damaged">,
): ReadonlyMap<string, number> {
  const others = spec.tabs.filter(({ id, counted }) => counted && id !== tab.id);
  const refetchInterval = useRefreshInterval();
  const filters = narrowing(spec.filters, list);
  const counts = useQueries({
    queries: others.map(({ query: { ...asked } }) => {
      const question = { ...asked, ...filters, sort: undefined, limit: 1 } as unknown as Query;
      return {
        queryKey: [spec.name, "count", question],
        queryFn: ({ signal }: { signal: AbortSignal }) => spec.read(question, signal).then(({ total }) => total),
        // The rows come first.
        enabled: damaged.length === 0 && query.data !== undefined && !query.isPlaceholderData,
        refetchInterval,
        placeholderData: keepPreviousData,
      };
    }),
  });
  const known = others.flatMap(({ id }, index): [string, number][] => {
    const count = counts[index]?.data;
    return count === undefined ? [] : [[id, count]];
  });
  const own = query.data && !query.isPlaceholderData && tab.counted ? [[tab.id, query.data.total] as [string, number]] : [];
  return new Map([...known, ...own]);
}
