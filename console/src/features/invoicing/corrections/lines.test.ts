import { expect, test } from "vitest";
import { leftOf } from "./left";
import { chosenNet, linesToSend } from "./lines";

const eur = (amount: string) => ({ amount, currency: "EUR" });
const lines = [{ n: 1, left: eur("24.90") }, { n: 2, left: eur("3.60") }];

test("a chosen line without an amount is credited whole, one with an amount by that", () => {
  expect(linesToSend(lines, new Map([[1, ""], [2, "1,50"]]))).toEqual([{ n: 1 }, { n: 2, net: "1.50" }]);
  expect(chosenNet(lines, new Map([[1, ""], [2, "1,50"]]))).toBe("26.40");
});

test("nothing chosen, or an amount that is none, is nothing to send", () => {
  expect(linesToSend(lines, new Map())).toBeNull();
  expect(linesToSend(lines, new Map([[1, "ten"]]))).toBeNull();
});

test("what is left of an invoice is what its credit notes of its currency have not taken", () => {
  const invoice = { net: eur("28.50"), total: eur("34.20") };
  const totals = [{ currency: "EUR", net: "10.00", tax: "2.00", amount: "12.00" }];
  expect(leftOf(invoice, { totals })).toEqual({ net: eur("18.50"), total: eur("22.20") });
  expect(leftOf(invoice, { totals: [] })).toEqual(invoice);
});
