/**
 * A quantity as people write it, and as the meter counts it: 350 GB are 350000000000 octets, 20 minutes 1200 seconds.
 */
import { times } from "../../../lib/decimal";
import { readDecimal } from "../../../lib/form/values";

export interface Unit {
  /** What the field is called: "GB", "min", or the meter's own word. */
  name: string;
  factor: bigint;
}

export function unitOf(meter: string): Unit {
  if (meter.endsWith(".octets")) return { name: "GB", factor: 1_000_000_000n };
  if (meter.endsWith(".seconds")) return { name: "min", factor: 60n };
  return { name: meter.split(".").at(-1) ?? meter, factor: 1n };
}

/** Null where nothing or no number is written. Zeros at the end go: the meter counts at most six decimals. */
export function counted(text: string, { factor }: Unit): string | null {
  const plain = readDecimal(text);
  if (plain === null || plain.startsWith("-")) return null;
  const all = times(plain, factor);
  return all.includes(".") ? all.replace(/\.?0+$/, "") : all;
}
