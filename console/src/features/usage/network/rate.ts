/** A rate of a line as people say it: `rate("en", 300_000)` is "300 Mbit/s". */
import { numberFormat } from "../../../lib/intl";

export function rate(locale: string, kbps: number): string {
  const [figure, unit] = kbps >= 1_000_000 ? [kbps / 1_000_000, "Gbit/s"] : kbps >= 1_000 ? [kbps / 1_000, "Mbit/s"] : [kbps, "kbit/s"];
  return `${numberFormat(locale, { maximumFractionDigits: 2 }).format(figure)} ${unit}`;
}
