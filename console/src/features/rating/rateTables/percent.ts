/** "12.5" as "+12.5%": a decimal string of per cent, with its sign and exactly. */
import { formatDecimal, plain } from "../../../lib/money";

export function formatPlainPercent(locale: string, percent: string): string {
  const text = formatDecimal(locale, plain(percent));
  return `${/^[1-9]|^0\.0*[1-9]/.test(plain(percent)) ? "+" : ""}${text}\u00a0%`;
}
