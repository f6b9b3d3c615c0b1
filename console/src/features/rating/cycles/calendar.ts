/**
 * The days of a month in weeks that begin on Monday, and the months that periods begin in.
 *
 *     daysOf("2026-06-01")[0]   // ["2026-06-01", …, "2026-06-07"]
 */
import type { Period } from "../../../lib/time";

const shown = 3;

/** The first days of the months in which the periods begin, three at most. */
export function monthsOf(periods: readonly Period[]): readonly string[] {
  return [...new Set(periods.map(({ start }) => `${start.slice(0, 7)}-01`))].slice(0, shown);
}

/** Null where the week has days of another month. */
export function daysOf(first: string): readonly (readonly (string | null)[])[] {
  const begin = new Date(`${first}T00:00:00Z`);
  const length = new Date(Date.UTC(begin.getUTCFullYear(), begin.getUTCMonth() + 1, 0)).getUTCDate();
  const before = (begin.getUTCDay() + 6) % 7;
  const weeks = Math.ceil((before + length) / 7);
  const dayAt = (at: number) => (at < before || at >= before + length ? null : `${first.slice(0, 8)}${String(at - before + 1).padStart(2, "0")}`);
  return Array.from({ length: weeks }, (_, week) => Array.from({ length: 7 }, (_, day) => dayAt(week * 7 + day)));
}
