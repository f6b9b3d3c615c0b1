/**
 * Exact decimal strings without a number in sight: sign, difference, share.
 *
 *     difference("182430.10", "170000.00")   // "12430.10"
 *     permille("12430.10", "170000.00")      // 73n, that is 7.3 %
 *
 * An amount is a string on the wire and stays exact here: digits as a BigInt, and how many of them stand after the
 * point. Sums and taxes are the server's work; the console only compares.
 */
export interface Decimal {
  units: bigint;
  /** Digits after the point: "12.40" is 1240 with scale 2. */
  scale: number;
}

const form = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/** Throws on what is not a plain decimal string, exponents included. */
export function decimal(text: string): Decimal {
  const match = form.exec(text);
  if (!match) throw new Error(`not a decimal string: ${JSON.stringify(text)}`);
  const [, sign, whole, part = ""] = match;
  const units = BigInt(`${whole}${part}`);
  return { units: sign === "-" ? -units : units, scale: part.length };
}

export function isZero(text: string): boolean {
  return decimal(text).units === 0n;
}

export function isNegative(text: string): boolean {
  return decimal(text).units < 0n;
}

/** `left - right`, with as many digits after the point as the longer of the two. */
export function difference(left: string, right: string): string {
  const [a, b, scale] = align(decimal(left), decimal(right));
  return write(a - b, scale);
}

/** All of them together, with as many digits after the point as the longest; "0" for none. */
export function sum(texts: readonly string[]): string {
  const scale = Math.max(0, ...texts.map((text) => decimal(text).scale));
  return write(texts.reduce((total, text) => total + raise(decimal(text), scale), 0n), scale);
}

/** `text` times a whole number, exactly: 350 GB are `times("350", 1_000_000_000n)` octets. */
export function times(text: string, factor: bigint): string {
  const { units, scale } = decimal(text);
  return write(units * factor, scale);
}

/** `part` in thousandths of `whole`, cut towards zero; null where `whole` is zero. The result is a share, not money. */
export function permille(part: string, whole: string): bigint | null {
  const [a, b] = align(decimal(part), decimal(whole));
  return b === 0n ? null : (a * 1000n) / (b < 0n ? -b : b);
}

/** `text` divided by `divisor` (> 0) with `places` digits, ties away from zero. For units of display: octets as GB. */
export function scaled(text: string, divisor: bigint, places: number): string {
  const { units, scale } = decimal(text);
  const sign = units < 0n ? -1n : 1n;
  const above = units * sign * 10n ** BigInt(places);
  const below = divisor * 10n ** BigInt(scale);
  return write(sign * ((above * 2n + below) / (below * 2n)), places);
}

/** `text` divided by `divisor` (> 0), exactly and without zeros at the end; null where more than twelve decimals would be needed. */
export function divided(text: string, divisor: bigint): string | null {
  const { units, scale } = decimal(text);
  const below = divisor * 10n ** BigInt(scale);
  for (let places = 0; places <= 12; places++) {
    const above = units * 10n ** BigInt(places);
    if (above % below === 0n) return write(above / below, places);
  }
  return null;
}

function align(left: Decimal, right: Decimal): [bigint, bigint, number] {
  const scale = Math.max(left.scale, right.scale);
  return [raise(left, scale), raise(right, scale), scale];
}

function raise({ units, scale }: Decimal, to: number): bigint {
  return units * 10n ** BigInt(to - scale);
}

export function write(units: bigint, scale: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  const text = scale === 0 ? whole : `${whole}.${digits.slice(-scale)}`;
  return units < 0n ? `-${text}` : text;
}
