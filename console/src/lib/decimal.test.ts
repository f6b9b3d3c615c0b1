import { expect, test } from "vitest";
import { decimal, sum, times, difference, isZero, permille, scaled } from "./decimal";

test("a difference keeps every digit of both sides", () => {
  expect(difference("182430.10", "170000.005")).toBe("12430.095");
  expect(difference("0.10", "0.30")).toBe("-0.20");
  expect(difference("99999999999999999999.99", "0.01")).toBe("99999999999999999999.98");
});

test("a share is in thousandths, cut towards zero, and absent for a whole of nothing", () => {
  expect(permille("12430.10", "170000.00")).toBe(73n);
  expect(permille("-1", "3")).toBe(-333n);
  expect(permille("5", "-10")).toBe(500n);
  expect(permille("5", "0.00")).toBeNull();
});

test("a division for display rounds ties away from zero", () => {
  expect(scaled("1288490188", 1_000_000_000n, 2)).toBe("1.29");
  expect(scaled("5", 1000n, 2)).toBe("0.01");
  expect(scaled("-5", 1000n, 2)).toBe("-0.01");
  expect(scaled("4", 1000n, 2)).toBe("0.00");
});

test("zero is zero with any number of digits", () => {
  expect(["0", "0.00", "-0.000"].every(isZero)).toBe(true);
  expect(isZero("0.001")).toBe(false);
});

test.each(["", "1e3", "1,000", ".5", "NaN", "1."])("%j is refused as a decimal", (text) => {
  expect(() => decimal(text)).toThrow("not a decimal string");
});

test("a sum and a multiple keep every digit", () => {
  expect(sum(["24.90", "0.105", "-5"])).toBe("20.005");
  expect(sum([])).toBe("0");
  expect(times("0.35", 1_000_000_000n)).toBe("350000000.00");
});
