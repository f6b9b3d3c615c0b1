/** How reports and their columns are called by people. */

/** What the trade writes in capitals. */
const abbreviations = /\b(ar|arpu|dso|id|kpis|mrr|vat)\b/gi;

/** A report's name as people say it: `ar-aging` is "AR aging" where no word of the catalogue is better. */
export function plainly(name: string): string {
  const words = name.replaceAll(/[-_]/g, " ").replaceAll(abbreviations, (short) => (short === "kpis" ? "KPIs" : short === "id" ? "ID" : short.toUpperCase()));
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The days of a column of the aging, `31_60` or, without an end, `90_plus`; null of any other column. */
export function daysOf(column: string): { from: string; to: string | null } | null {
  const [, from, to] = /^(\d+)_(\d+|plus)$/.exec(column) ?? [];
  return from === undefined || to === undefined ? null : { from, to: to === "plus" ? null : to };
}
