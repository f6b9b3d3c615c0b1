import { describe, expect, it } from "vitest";
import { automatic, remainder, toAmount, tooMuch, toUnits, type OpenItem } from "./allocation";

const items: OpenItem[] = [{ id: "inv-1", open: 4000n }, { id: "inv-2", open: 2500n }];

describe("what a payment is put against", () => {
  it("pays what is due first, and keeps the rest as credit", () => {
    expect([...automatic(5000n, items)]).toEqual([["inv-1", 4000n], ["inv-2", 1000n]]);
    expect(remainder(7000n, automatic(7000n, items))).toBe(500n);
    expect([...automatic(0n, items)]).toEqual([]);
  });

  it("is exact for amounts that no number holds", () => {
    const units = toUnits("12345678901234567.89", 2)!;
    expect(units).toBe(1234567890123456789n);
    expect(toAmount(units, 2)).toBe("12345678901234567.89");
    expect(toUnits("1.005", 2)).toBeNull();
    expect(toUnits("7", 3)).toBe(7000n);
    expect(toUnits("1.200", 2)).toBe(120n);
    expect(toUnits("x", 2)).toBeNull();
  });

  it("never loses or makes a cent, however it is shared", () => {
    for (let seed = 1n; seed < 400n; seed++) {
      const random = (n: bigint, below: bigint) => (seed * 7919n * n + 104729n * n * n) % below;
      const open = Array.from({ length: Number(random(3n, 6n)) }, (_, n) => ({ id: `inv-${n}`, open: random(BigInt(n) + 5n, 9000n) }));
      const amount = random(11n, 20000n);
      const shares = automatic(amount, open);
      const sum = [...shares.values()].reduce((total, share) => total + share, 0n);
      expect(sum + remainder(amount, shares)).toBe(amount);
      expect(remainder(amount, shares) >= 0n && tooMuch(open, shares).length === 0).toBe(true);
    }
  });

  it("tells what gets more than is open of it", () => {
    expect(tooMuch(items, new Map([["inv-1", 4001n], ["inv-2", 1n]]))).toEqual(["inv-1"]);
    expect(remainder(100n, new Map([["inv-1", 150n]]))).toBe(-50n);
  });
});
