/** Where each part of a ring begins and how much of it is its own, as shares of the whole; what is not above zero has none. */
import { decimal } from "../../lib/decimal";

export interface RingPart {
  place: number;
  from: number;
  part: number;
}

/** Finer than any screen. */
const grain = 1_000_000n;

export function ringOf(values: readonly string[]): RingPart[] {
  const decimals = values.map(decimal);
  const places = Math.max(0, ...decimals.map(({ scale }) => scale));
  const units = decimals.map(({ units: own, scale }) => (own > 0n ? own * 10n ** BigInt(places - scale) : 0n));
  const whole = units.reduce((total, own) => total + own, 0n);
  let before = 0n;
  return units.flatMap((own, place) => {
    if (own === 0n) return [];
    const from = Number((before * grain) / whole) / Number(grain);
    before += own;
    return [{ place, from, part: Number((own * grain) / whole) / Number(grain) }];
  });
}
