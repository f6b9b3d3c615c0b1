/** The days of a picture, and how high their bars are. */
import { scaled } from "../../../lib/decimal";

export interface DayOfUse {
  day: string;
  quantity: string;
}

/** More bars than this are hairlines: a year and a leap day. */
export const days_max = 366;

/** Every day from the first to the last, with nothing used where nothing is said; the last `days_max` of them. */
export function daysBetween(days: readonly DayOfUse[], from?: string, to?: string): readonly DayOfUse[] {
  const [first, last] = [from ?? days[0]?.day, to ?? days.at(-1)?.day];
  if (first === undefined || last === undefined || last < first) return days;
  const used = new Map(days.map(({ day, quantity }) => [day, quantity]));
  const found: DayOfUse[] = [];
  for (let day = last; day >= first && found.length < days_max; day = before(day)) found.push({ day, quantity: used.get(day) ?? "0" });
  return found.reverse();
}

/** In pixels, for the eye only: what is more than nothing is seen. */
export function heightsOf(days: readonly DayOfUse[], height_px: number, least_px: number): readonly number[] {
  const sizes = days.map(({ quantity }) => Number(scaled(quantity, 1n, 6)));
  const most = Math.max(...sizes, 0);
  return sizes.map((size) => (size <= 0 || most <= 0 ? 0 : Math.max(least_px, (size / most) * height_px)));
}

/** How much of something is left, as a share for the eye: between 0 and 1. */
export function shareLeft(left: string, available: string): number {
  const [some, all] = [Number(left), Number(available)];
  return all > 0 ? Math.min(1, Math.max(0, some / all)) : 0;
}

function before(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - 1);
  return at.toISOString().slice(0, 10);
}
