/** What a place on the axis of time is called: "Sep", with its year where there is more than one, or "3 Sep". */
import { dateTimeFormat } from "../../../lib/intl";
import type { Bucket } from "./range";

const midnight = (date: string) => new Date(`${date}T00:00:00Z`);

export function placeName(locale: string, date: string, bucket: Bucket, places: number): string {
  if (bucket === "day") return dateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" }).format(midnight(date));
  return dateTimeFormat(locale, { month: "short", ...(places > 6 ? { year: "2-digit" } : {}), timeZone: "UTC" }).format(midnight(date));
}
