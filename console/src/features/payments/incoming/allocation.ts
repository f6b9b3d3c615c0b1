/**
 * What a payment is put against, in whole minor units: no amount is ever a number.
 *
 *     automatic(5000n, [{ id: "inv-1", open: 4000n }, { id: "inv-2", open: 2500n }])     // inv-1 4000n, inv-2 1000n
 *     remainder(5000n, new Map([["inv-1", 4000n]]))                                      // 1000n: credit
 */
import { decimal, write } from "../../../lib/decimal";
import { readDecimal } from "../../../lib/form/number";

export interface OpenItem {
  id: string;
  open: bigint;
}

export type Shares = ReadonlyMap<string, bigint>;

/** An amount in units of `scale` decimals; null where it has more, or is none. */
export function toUnits(text: string, scale: number): bigint | null {
  const plain = readDecimal(text);
  if (plain === null) return null;
  const { units, scale: has } = decimal(plain);
  if (has <= scale) return units * 10n ** BigInt(scale - has);
  const cut = 10n ** BigInt(has - scale);
  return units % cut === 0n ? units / cut : null;
}

export function toAmount(units: bigint, scale: number): string {
  return write(units, scale);
}

/** In the order given, which is that of the days they are due, until it is used up. */
export function automatic(amount: bigint, items: readonly OpenItem[]): Shares {
  const shares = new Map<string, bigint>();
  let left = amount;
  for (const { id, open } of items) {
    const share = left < open ? left : open;
    if (share > 0n) shares.set(id, share);
    left -= share > 0n ? share : 0n;
  }
  return shares;
}

/** What is left as credit; below zero where more was put against invoices than there is. */
export function remainder(amount: bigint, shares: Shares): bigint {
  return [...shares.values()].reduce((left, share) => left - share, amount);
}

/** The items that get more than is open of them, or less than nothing. */
export function tooMuch(items: readonly OpenItem[], shares: Shares): readonly string[] {
  return items.filter(({ id, open }) => (shares.get(id) ?? 0n) > open || (shares.get(id) ?? 0n) < 0n).map(({ id }) => id);
}
