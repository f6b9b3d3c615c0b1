import { expect, test } from "vitest";
import { translate, type Key, type Parameters } from "../../../lib/i18n/translate";
import english from "../../../lib/i18n/en";
import { sayPrice } from "./say";

const said = (price: Record<string, unknown>) => sayPrice(price, "EUR", (key: Key, parameters?: Parameters) => translate(english, "en", key, parameters), "en");

test.each<[Record<string, unknown>, readonly string[]]>([
  [{ model: "flat", amount: "29.90", interval: "month", bill: "advance" }, ["€29.90 a month, billed in advance"]],
  [{ model: "flat", amount: "10", interval: { days: 28 }, bill: "arrears" }, ["€10.00 every 28 days, billed in arrears"]],
  [{ model: "one_time", amount: "49.000000000" }, ["€49.00 once"]],
  [{ model: "per_unit", meter: "voice.seconds", unit_price: "0.12", unit_size: "60", included: "6000" }, ["1:40:00 included", "€0.12 per min"]],
  [{ model: "per_unit", meter: "data.octets", unit_price: "0.0000000005" }, ["€0.50 per GB, counted exactly"]],
  [{ model: "package", meter: "data.octets", size: "10000000000", price: "5.00" }, ["€5.00 per started package of 10 GB"]],
  [
    { model: "graduated", meter: "data.octets", tiers: [{ up_to: "200000000000", unit_price: "0" }, { up_to: "500000000000", unit_price: "0.50", unit_size: "1000000000" }, { up_to: null, unit_price: "3", unit_size: "10000000000", flat_fee: "2" }] },
    ["up to 200 GB: free", "from 200 GB to 500 GB: €0.50 per GB", "over 500 GB: €3.00 per started 10 GB, and €2.00 on entering the tier"],
  ],
  [{ model: "flat", amount: "20", interval: "year", modifiers: { minimum_commitment: "100", discount: { percent: "10", until: "2026-12-01" } } }, ["€20.00 a year, billed in advance", "less 10 % until before Dec 1, 2026", "a commitment of €100.00, billed if it is not reached"]],
  [{ model: "percentile", unit_price: "1" }, []],
])("a price as a person says it: %j", (price, clauses) => {
  expect(said(price)).toEqual(clauses);
});
