/** The figures of a source's health as people say them. */
import { numberFormat } from "../../../lib/intl";

/** A share between "0" and "1": `share("en", "0.0012")` is "0.12%". */
export function share(locale: string, part: string): string {
  return numberFormat(locale, { style: "percent", maximumFractionDigits: 2 }).format(part as unknown as number);
}

/** A time in milliseconds, without its sign: `span("en", -1500)` is "1.5 sec". */
export function span(locale: string, ms: number): string {
  const size = Math.abs(ms);
  const [figure, unit] = size < 1_000 ? [size, "millisecond"] as const : size < 120_000 ? [size / 1_000, "second"] as const : size < 7_200_000 ? [size / 60_000, "minute"] as const : [size / 3_600_000, "hour"] as const;
  return numberFormat(locale, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 }).format(figure);
}

/** A clock is told of from a minute on: below that collecting takes its time. */
const clock_off_ms = 60_000;

export function isClockOff(offset_ms: number | null): boolean {
  return offset_ms !== null && Math.abs(offset_ms) >= clock_off_ms;
}
