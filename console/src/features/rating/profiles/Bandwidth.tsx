/** A bandwidth as people say it: 1,000,000 kbit/s are 1 Gb/s. */
import { useI18n } from "../../../lib/i18n";
import { scaled } from "../../../lib/decimal";
import { numberFormat } from "../../../lib/intl";
import { Nothing } from "../../../ui/Value";

const steps = ["kilobit-per-second", "megabit-per-second", "gigabit-per-second"] as const;

export function formatBandwidth(locale: string, kbps: number): string {
  const step = kbps >= 1_000_000 ? 2 : kbps >= 1_000 ? 1 : 0;
  const format = numberFormat(locale, { style: "unit", unit: steps[step], unitDisplay: "short", maximumFractionDigits: 3 });
  return format.format(scaled(String(kbps), 1000n ** BigInt(step), 3) as `${number}`);
}

export function Bandwidth({ kbps }: { kbps: number | null }) {
  const { locale } = useI18n();
  return kbps === null ? <Nothing /> : <span className="number" dir="ltr">{formatBandwidth(locale, kbps)}</span>;
}
