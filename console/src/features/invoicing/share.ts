/**
 * The share of a period that a line is for, in days where it is one of whole days.
 *
 *     shareInDays({ start: "2026-09-06", end: "2026-10-01" }, "0.833333333")    // { days: 25, of: 30 }
 *     shareInDays({ start: "2026-08-16", end: "2026-09-01" }, "0.5")            // null: by 30/360 these 16 days are half a month
 *
 * The API gives the share alone, and what it was a share of follows from it. A share counted in seconds, or in months of
 * 30 days where the calendar has others, fits no such length and is told as a percentage.
 */
import { decimal, scaled } from "../../lib/decimal";
import type { Period } from "../../lib/time";

const day_ms = 86_400_000;
const places = 9;

export function shareInDays({ start, end }: Period, fraction: string): { days: number; of: number } | null {
  const days = Math.round((Date.parse(end) - Date.parse(start)) / day_ms);
  const share = decimal(fraction);
  if (days <= 0 || share.units <= 0n) return null;
  const of = Number(scaled(String(BigInt(days) * 10n ** BigInt(share.scale)), share.units, 0));
  const fits = scaled(String(days), BigInt(of), places) === scaled(fraction, 1n, places);
  return fits && of > days && isPeriodLength(of) ? { days, of } : null;
}

/** Days that a period of a plan can have: up to a month, a quarter, a half-year, a year. */
function isPeriodLength(days: number): boolean {
  return days <= 31 || (days >= 90 && days <= 92) || (days >= 181 && days <= 184) || days === 365 || days === 366;
}
