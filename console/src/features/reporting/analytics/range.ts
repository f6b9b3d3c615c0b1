/**
 * What stretch of time the figures are of: days, both included, from the URL.
 *
 *     rangeOf({ preset: "months_3" }, "2026-11-23")           // 2026-09-01 to 2026-11-23, by month
 *     before({ from: "2026-09-01", to: "2026-11-23" })        // 2026-06-01 to 2026-08-31
 *
 * The stretch before it, to compare with, is as many months where it begins on the first of one, else as many days.
 */
export interface Range {
  from: string;
  to: string;
}

export type Bucket = "day" | "month";

export const presets = ["month", "last_month", "months_3", "months_12", "year"] as const;
export type Preset = (typeof presets)[number];

/** Longer than this the axis is of months. */
const by_day_max = 62;
/** No more than this is asked for: five years. */
export const days_max = 1_826;

export function rangeOf({ preset, from, to }: { preset?: string | null; from?: string | null; to?: string | null }, today: string): Range {
  if (isDay(from) && isDay(to) && from <= to && daysOf({ from, to }) <= days_max) return { from, to };
  const first = (months: number) => month(today, -months);
  switch (preset) {
    case "month":
      return { from: first(0), to: today };
    case "last_month":
      return { from: first(1), to: day(first(0), -1) };
    case "months_3":
      return { from: first(2), to: today };
    case "year":
      return { from: `${today.slice(0, 4)}-01-01`, to: today };
    default:
      return { from: first(11), to: today };
  }
}

export function bucketOf(range: Range): Bucket {
  return daysOf(range) <= by_day_max ? "day" : "month";
}

/** The first days of the places on the axis. */
export function placesOf(range: Range, bucket: Bucket): string[] {
  const places: string[] = [];
  const next = bucket === "day" ? (at: string) => day(at, 1) : (at: string) => month(at, 1);
  for (let at = bucket === "day" ? range.from : month(range.from, 0); at <= range.to; at = next(at)) places.push(at);
  return places;
}

/** The stretch of places that was chosen on the axis, as days. */
export function stretchOf(places: readonly string[], bucket: Bucket, range: Range, from: number, to: number): Range {
  const [first, last] = [places[from] ?? range.from, places[to] ?? range.to];
  const end = bucket === "day" ? last : day(month(last, 1), -1);
  return { from: first < range.from ? range.from : first, to: end > range.to ? range.to : end };
}

export function before(range: Range): Range {
  if (range.from.endsWith("-01")) {
    const months = placesOf(range, "month").length;
    return { from: month(range.from, -months), to: day(range.from, -1) };
  }
  return { from: day(range.from, -daysOf(range)), to: day(range.from, -1) };
}

/** How many days it has, both ends included. */
export function daysOf({ from, to }: Range): number {
  return Math.round((at(to) - at(from)) / 86_400_000) + 1;
}

export function isDay(text: string | null | undefined): text is string {
  return text != null && /^(19|20)\d{2}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at(text)) && new Date(at(text)).toISOString().startsWith(text);
}

function at(text: string): number {
  return Date.parse(`${text}T00:00:00Z`);
}

function day(text: string, by: number): string {
  return new Date(at(text) + by * 86_400_000).toISOString().slice(0, 10);
}

/** The first day of the month so many months away. */
function month(text: string, by: number): string {
  const [year = 0, number = 1] = text.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 10);
}
