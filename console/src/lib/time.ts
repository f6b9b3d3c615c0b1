/**
 * Instants, billing dates and periods, each in its own way and never mixed up.
 *
 *     formatInstant("en-GB", "utc", "2026-11-23T01:05:00Z")                       // "23 Nov 2026, 01:05"
 *     formatDate("en-GB", "2026-11-30")                                           // "30 Nov 2026"
 *     formatPeriod("en-GB", { start: "2026-11-01", end: "2026-12-01" })           // "1–30 Nov 2026"
 *
 * An instant is a moment (RFC 3339, UTC on the wire) and is shown in the zone that the reader chose. A billing date
 * is a day of the bill, no moment at all, and is never moved by a time zone. A period is half-open on the wire and
 * shown with its last day included.
 */
import type { Zone } from "./preferences";

export interface Period {
  start: string;
  end: string;
}

const day_ms = 86_400_000;

export function formatInstant(locale: string, zone: Zone, instant: string, seconds = false): string {
  return new Intl.DateTimeFormat(locale, {
    day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit",
    ...(seconds ? { second: "2-digit" } : {}),
    ...zoned(zone),
  }).format(new Date(instant));
}

/** The moment in every zone on offer, each with its offset, one a line. */
export function formatInstantFully(locale: string, instant: string): string {
  const lines = (["utc", "browser"] as const).map((zone) =>
    new Intl.DateTimeFormat(locale, {
      weekday: "short", day: "numeric", month: "short", year: "numeric",
      hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "longOffset", ...zoned(zone),
    }).format(new Date(instant)),
  );
  return [...new Set(lines)].join("\n");
}

export function formatDate(locale: string, date: string): string {
  return dateFormat(locale).format(midnight(date));
}

/** The month of a billing date, short: "Oct". */
export function formatMonth(locale: string, date: string): string {
  return new Intl.DateTimeFormat(locale, { month: "short", timeZone: "UTC" }).format(midnight(date));
}

/** Both ends in the period's first and last day; an empty period shows its one date. */
export function formatPeriod(locale: string, { start, end }: Period): string {
  const first = midnight(start);
  const last = new Date(Math.max(first.getTime(), midnight(end).getTime() - day_ms));
  return dateFormat(locale).formatRange(first, last);
}

/** The date of an instant in UTC, or the date itself. */
function dateOf(text: string): string {
  return text.slice(0, 10);
}

export function zoneName(zone: Zone): string {
  return zone === "utc" ? "UTC" : Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function zoned(zone: Zone): Intl.DateTimeFormatOptions {
  return zone === "utc" ? { timeZone: "UTC" } : {};
}

function midnight(date: string): Date {
  return new Date(`${dateOf(date)}T00:00:00Z`);
}

function dateFormat(locale: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
}
