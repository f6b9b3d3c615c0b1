import { expect, test } from "vitest";
import { readPrice } from "./price";

test("tiers become bands, each from where the one before ends", () => {
  const tiers = [{ up_to: "200", unit_price: "0" }, { up_to: "500", unit_price: "0.05", unit_size: "10" }, { up_to: null, unit_price: "0.02", flat_fee: "5.00" }];
  expect(readPrice({ model: "graduated", tiers }).bands).toEqual([
    { from: null, to: "200", price: "0", size: null, fee: null },
    { from: "200", to: "500", price: "0.05", size: "10", fee: null },
    { from: "500", to: null, price: "0.02", size: null, fee: "5.00" },
  ]);
});

test("what is included in a price per unit is a free band before it", () => {
  expect(readPrice({ model: "per_unit", unit_price: "0.1", included: "100" }).bands.map(({ from, to, price }) => [from, to, price])).toEqual([[null, "100", "0"], ["100", null, "0.1"]]);
});

test("a fixed fee is one band and no price of usage, with an interval of its own or without", () => {
  expect(readPrice({ model: "flat", amount: "29.90", interval: "month", bill: "arrears" })).toMatchObject({ isFee: true, bill: "arrears", bands: [{ price: "29.90" }] });
  expect(readPrice({ model: "flat", amount: "29.90" })).toMatchObject({ isFee: true, bill: null, bands: [{ price: "29.90" }] });
});

test("a model of a newer server is only named", () => {
  expect(readPrice({ model: "percentile", percentile: "95" })).toEqual({ model: "percentile", bands: [], isFee: false, bill: null });
});
