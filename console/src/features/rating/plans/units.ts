/**
 * A quantity as people write it, and as the meter counts it: 350 GB are 350000000000 octets, 20 minutes 1200 seconds.
 *
 *     counted("350", unitOf("data.octets"))              // "350000000000"
 *     inUnit("350000000000", unitOf("data.octets"))      // "350"
 *     inUnit("100", { name: "hour", factor: 3600n })     // null: a hundred seconds are no finite decimal of hours
 */
import { divided, times } from "../../../lib/decimal";
import { isDecimal, readDecimal } from "../../../lib/form/number";
import { numberFormat } from "../../../lib/intl";

export interface Unit {
  /** A unit that Intl knows how to write in each language, or the meter's own word. */
  name: string;
  factor: bigint;
}

const octets: readonly Unit[] = [
  { name: "byte", factor: 1n }, { name: "kilobyte", factor: 10n ** 3n }, { name: "megabyte", factor: 10n ** 6n }, { name: "gigabyte", factor: 10n ** 9n }, { name: "terabyte", factor: 10n ** 12n },
  { name: "MiB", factor: 2n ** 20n }, { name: "GiB", factor: 2n ** 30n },
];
const seconds: readonly Unit[] = [{ name: "second", factor: 1n }, { name: "minute", factor: 60n }, { name: "hour", factor: 3600n }];

/** The units that a meter's quantities may be written in; the first is what it counts. */
export function unitsOf(meter: string): readonly Unit[] {
  if (meter.endsWith(".octets")) return octets;
  if (meter.endsWith(".seconds")) return seconds;
  return [{ name: meter.split(".").at(-1) || meter, factor: 1n }];
}

const usual: ReadonlySet<string> = new Set(["gigabyte", "minute"]);

/** The one that people speak of. */
export function unitOf(meter: string): Unit {
  const units = unitsOf(meter);
  return units.find(({ name }) => usual.has(name)) ?? units[0]!;
}

/** "GB", "Go", "min", as the reader's language writes it. */
export function unitName(locale: string, { name }: Unit): string {
  if (![...octets, ...seconds].some((unit) => unit.name === name) || name.endsWith("iB")) return name;
  const parts = numberFormat(locale, { style: "unit", unit: name, unitDisplay: "short" }).formatToParts(2);
  return parts.find(({ type }) => type === "unit")?.value ?? name;
}

/** Null where nothing or no number is written. Zeros at the end go: the meter counts at most six decimals. */
export function counted(text: string, unit: Unit): string | null {
  const plain = readDecimal(text);
  return plain === null ? null : countedExactly(plain, unit);
}

/** The same of a number that a form has read already. */
export function countedExactly(plain: string, { factor }: Unit): string | null {
  if (!isDecimal(plain) || plain.startsWith("-")) return null;
  const all = times(plain, factor);
  return all.includes(".") ? all.replace(/\.?0+$/, "") : all;
}

/** The other way, exactly; null where no decimal of twelve places says it. */
export function inUnit(quantity: string, { factor }: Unit): string | null {
  const plain = isDecimal(quantity) ? quantity : readDecimal(quantity);
  return plain === null ? null : divided(plain, factor);
}

/** The usual unit where these quantities can be written in it, else the greatest that they can. */
export function unitFor(meter: string, quantities: readonly string[]): Unit {
  const ranked = [unitOf(meter), ...unitsOf(meter).filter(({ name }) => !name.endsWith("iB")).toReversed()];
  // Half a gigabyte is said so; of other units only what comes to one.
  const isSaid = (text: string | null, at: number) => text !== null && (text.split(".")[1] ?? "").length <= 3 && (at === 0 || !text.startsWith("0."));
  return ranked.find((unit, at) => quantities.every((quantity) => isSaid(inUnit(quantity, unit), at))) ?? unitsOf(meter)[0]!;
}
