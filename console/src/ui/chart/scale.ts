/**
 * Places decimal strings on a picture: `const scale = scaleOf(values, 200); scale.y("12.40")`.
 *
 * Amounts stay exact until the last step, the place itself; no figure that is read comes from here. The axis begins at
 * zero, or below it where a value is negative, and ends at a round number.
 */
import { decimal } from "../../lib/decimal";

export interface Scale {
  /** From the top, for a text. */
  y: (value: string) => number;
  /** Where zero is. */
  zero: number;
  /** Round values to write beside the axis, from the least. */
  ticks: readonly string[];
}

/** In thousandths of the height: finer than any screen. */
const grain = 100_000n;

export function scaleOf(values: readonly string[], height: number): Scale {
  const decimals = values.map(decimal);
  const places = Math.max(0, ...decimals.map(({ scale }) => scale));
  const raise = ({ units, scale }: { units: bigint; scale: number }) => units * 10n ** BigInt(places - scale);
  const units = decimals.map(raise);
  const least = units.reduce((a, b) => (b < a ? b : a), 0n);
  const greatest = units.reduce((a, b) => (b > a ? b : a), 0n);
  const step = roundStep(greatest - least);
  const from = floor(least, step);
  const to = -floor(-greatest, step);
  const span = to - from || 1n;
  const place = (value: bigint) => height - (Number(((value - from) * grain) / span) / Number(grain)) * height;
  const count = Number((to - from) / step);
  return {
    y: (value) => place(raise(decimal(value))),
    zero: place(0n),
    ticks: Array.from({ length: count + 1 }, (_, index) => write(from + step * BigInt(index), places)),
  };
}

/** 1, 2 or 5 times a power of ten, so that there are two to five steps. */
function roundStep(span: bigint): bigint {
  if (span <= 0n) return 1n;
  const power = 10n ** BigInt(Math.max(0, span.toString().length - 2));
  return [power, power * 2n, power * 5n, power * 10n, power * 20n, power * 50n].find((step) => span / step <= 4n) ?? span;
}

function floor(value: bigint, step: bigint): bigint {
  const part = ((value % step) + step) % step;
  return value - part;
}

function write(units: bigint, places: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  return `${units < 0n ? "-" : ""}${whole}${places === 0 ? "" : `.${digits.slice(-places)}`}`;
}
