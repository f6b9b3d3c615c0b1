/** A rate of a line as people say it: `rate("en", 300_000)` is "300 Mbit/s". */
export function rate(locale: string, kbps: number): string {
  const [figure, unit] = kbps >= 1_000_000 ? [kbps / 1_000_000, "Gbit/s"] : kbps >= 1_000 ? [kbps / 1_000, "Mbit/s"] : [kbps, "kbit/s"];
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(figure)} ${unit}`;
}
