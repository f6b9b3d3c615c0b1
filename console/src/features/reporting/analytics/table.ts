/** From the rows of a report to the values of a chart: a place for each date, a series for each column. */
import { difference, isNegative, isZero, sum } from "../../../lib/decimal";
import type { Series } from "../../../ui/chart/Chart";
import { textOf, type ReportRow } from "./rows";

/** Of these columns, by the place that `at` of a row names; a place that no row names is `none`. */
export function seriesOf(rows: readonly ReportRow[], places: readonly string[], columns: readonly { column: string; name: string }[], { at = "group", none = "0" as string | null } = {}): Series[] {
  const found = new Map<string, ReportRow[]>();
  for (const row of rows) {
    const place = textOf(row, at) ?? "";
    found.set(place, [...(found.get(place) ?? []), row]);
  }
  return columns.map(({ column, name }) => ({
    name,
    values: places.map((place) => {
      const values = (found.get(place) ?? []).map((row) => textOf(row, column)).filter((value) => value !== null);
      return values.length > 0 ? sum(values) : none;
    }),
  }));
}

/** Rows that say of one column what it is of, as a series each, the greatest first: events by type. */
export function pivot(rows: readonly ReportRow[], places: readonly string[], by: string, value: string, most: number): { kind: string; values: (string | null)[] }[] {
  const kinds = new Map<string, Map<string, string>>();
  for (const row of rows) {
    const [kind, place] = [textOf(row, by) ?? "", textOf(row, "group") ?? ""];
    const of = kinds.get(kind) ?? new Map<string, string>();
    of.set(place, sum([of.get(place) ?? "0", textOf(row, value) ?? "0"]));
    kinds.set(kind, of);
  }
  const sums = [...kinds].map(([kind, of]) => ({ kind, of, all: BigInt(sum([...of.values()])) })).sort((a, b) => (a.all === b.all ? a.kind.localeCompare(b.kind) : a.all < b.all ? 1 : -1));
  const [shown, rest] = [sums.slice(0, most), sums.slice(most)];
  const named = shown.map(({ kind, of }) => ({ kind, values: places.map((place) => of.get(place) ?? "0") }));
  if (rest.length === 0) return named;
  return [...named, { kind: "", values: places.map((place) => sum(rest.map(({ of }) => of.get(place) ?? "0"))) }];
}

/** The currencies that rows are in, in their order. */
export function currenciesOf(rows: readonly ReportRow[]): string[] {
  return [...new Set(rows.flatMap(({ currency }) => (currency ? [currency] : [])))].sort();
}

/** Series that are nothing everywhere only crowd the legend. */
export function told(series: readonly Series[]): Series[] {
  const some = series.filter(({ values }) => values.some((value) => value !== null && !isZero(value)));
  return some.length > 0 ? some : series.slice(0, 1).map((one) => ({ ...one, values: one.values.map(() => null) }));
}

/** The same below zero. */
export function negative(text: string): string {
  return difference("0", text);
}

/** The rows with the greatest of that column first. */
export function greatest(rows: readonly ReportRow[], column: string): ReportRow[] {
  return rows.toSorted((a, b) => {
    const apart = difference(textOf(a, column) ?? "0", textOf(b, column) ?? "0");
    return isZero(apart) ? 0 : isNegative(apart) ? 1 : -1;
  });
}
