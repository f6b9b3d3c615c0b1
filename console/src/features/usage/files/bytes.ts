/** How large a file is: `sizeOf("en", 1_240_000)` is "1.2 MB". */
import { numberFormat } from "../../../lib/intl";

const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

export function sizeOf(locale: string, bytes: number): string {
  const at = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return numberFormat(locale, { style: "unit", unit: units[at]!, unitDisplay: at === 0 ? "long" : "short", maximumFractionDigits: at === 0 ? 0 : 1 }).format(bytes / 1000 ** at);
}
