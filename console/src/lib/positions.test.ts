import { expect, test } from "vitest";
import { positionsToCarry, rememberPositions } from "./positions";

test("a read carries the latest position of each partition written to, for half a minute", () => {
  rememberPositions("invoicing/3@1842", 0);
  rememberPositions("invoicing/3@1850, payments/1@7", 10_000);
  expect(positionsToCarry(20_000)).toBe("invoicing/3@1850, payments/1@7");
  expect(positionsToCarry(40_001)).toBeNull();
});

test("an answer without a position changes nothing", () => {
  rememberPositions(null, 50_000);
  rememberPositions("nonsense", 50_000);
  expect(positionsToCarry(50_000)).toBeNull();
});
