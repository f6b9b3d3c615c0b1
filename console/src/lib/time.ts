/**
 * Instants, billing dates and periods, each in its own way and never mixed up.
 *
 *     formatInstant("en-GB", "Europe/Paris", "2026-07-31T22:00:00Z")              // "1 Aug 2026, 00:00 CEST"
 *     formatDate("en-GB", "2026-11-30")                                           // "30 Nov 2026"
 *     formatPeriod("en-GB", { start: "2026-11-01", end: "2026-12-01" })           // "1–30 Nov 2026"
 *
 * An instant is a moment (RFC 3339, UTC on the wire) and is shown by the clock that the reader chose, which is named: at
 * first that of the account it is about, since the account's days begin there. A billing date
 * is a day of the bill, no moment at all, and is never moved by a time zone. A period is half-open on the wire and
 * shown with its last day included.
 */
import { dateTimeFormat } from "./intl";
import type { Zone } from "./preferences";

export interface Period {
  start: string;
  end: string;
}

const day_ms = 86_400_000;

export interface InstantOptions {
  seconds?: boolean;
  /** Whether the zone is named behind the time; not where a heading does. */
  named?: boolean;
}

/** `zone` by its IANA name. */
export function formatInstant(locale: string, zone: string, instant: string, { seconds = false, named = true }: InstantOptions = {}): string {
  return dateTimeFormat(locale, {
    day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit",
    ...(seconds ? { second: "2-digit" } : {}),
    ...(named ? { timeZoneName: "short" } : {}),
    timeZone: zone,
  }).format(new Date(instant));
}

/** The moment by each of the clocks, with its offset and the zone's name, one a line; clocks that are one are told once. */
export function formatInstantFully(locale: string, instant: string, zones: readonly string[]): string {
  const lines = [...new Set(zones)].map((timeZone) => {
    const format = dateTimeFormat(locale, {
      weekday: "short", day: "numeric", month: "short", year: "numeric",
      hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "longOffset", timeZone,
    });
    return `${format.format(new Date(instant))} (${timeZone})`;
  });
  return lines.join("\n");
}

/** The zone to read times by: the reader's choice, where "account" is UTC as long as no account is concerned. */
export function chosenZone(choice: Zone, account: string | null): string {
  if (choice === "browser") return browserZone();
  return choice === "account" ? (account ?? "UTC") : "UTC";
}

/** Asked of the machine once for the page: each of hundreds of times asks for it. */
export function browserZone(): string {
  return (here ??= Intl.DateTimeFormat().resolvedOptions().timeZone);
}

let here: string | undefined;

export function formatDate(locale: string, date: string): string {
  return dateFormat(locale).format(midnight(date));
}

/** The month of a billing date, short: "Oct". */
export function formatMonth(locale: string, date: string): string {
  return dateTimeFormat(locale, { month: "short", timeZone: "UTC" }).format(midnight(date));
}

/** Both ends in the period's first and last day; an empty period shows its one date. */
export function formatPeriod(locale: string, { start, end }: Period): string {
  const first = midnight(start);
  const last = new Date(Math.max(first.getTime(), midnight(end).getTime() - day_ms));
  return dateFormat(locale).formatRange(first, last);
}

/**
 * The moment at which the clock of `zone` shows `local` ("2026-09-12T14:30"), by UTC and written the same way; empty for
 * what is no time. An hour that a clock shows twice is the first of the two.
 */
export function utcOf(zone: string, local: string): string {
  const wanted = Date.parse(`${local}Z`);
  if (Number.isNaN(wanted)) return "";
  // The offset is that of the moment itself, so the second guess stands where the first crossed a change of the clock.
  const guess = wanted - offset_ms(zone, wanted);
  return new Date(wanted - offset_ms(zone, guess)).toISOString().slice(0, 16);
}

function offset_ms(zone: string, at: number): number {
  const parts = dateTimeFormat("en", { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric", hourCycle: "h23", timeZone: zone }).formatToParts(at);
  const number = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(number("year"), number("month") - 1, number("day"), number("hour"), number("minute"), number("second")) - at;
}

/** The date of an instant in UTC, or the date itself. */
function dateOf(text: string): string {
  return text.slice(0, 10);
}

function midnight(date: string): Date {
  return new Date(`${dateOf(date)}T00:00:00Z`);
}

function dateFormat(locale: string): Intl.DateTimeFormat {
  return dateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
}
