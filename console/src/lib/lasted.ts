/** How long something lasted: `lasted("en", 12000)` is "3 hr, 20 min"; less than a minute in seconds. */
import { numberFormat } from "./intl";

export function lasted(locale: string, seconds: number): string {
  const parts = [["day", Math.floor(seconds / 86_400)], ["hour", Math.floor(seconds / 3600) % 24], ["minute", Math.floor(seconds / 60) % 60], ["second", seconds < 60 ? seconds : 0]] as const;
  const told = parts.filter(([, count]) => count > 0).map(([unit, count]) => numberFormat(locale, { style: "unit", unit, unitDisplay: "short" }).format(count));
  return new Intl.ListFormat(locale, { type: "unit", style: "short" }).format(told);
}
