import { expect, test } from "vitest";
import { csvOf } from "./csv";

const money = (amount: string) => ({ amount, currency: "EUR" });
const period = { start: "2026-08-01", end: "2026-09-01" };
const none = { periods: 0, by_reason: {}, charged: money("0.00"), items: [] };

test("amounts keep their digits and sign, and an id can't be a formula", () => {
  const row = (account_id: string, difference: string) => ({ account_id, subscription_id: "s,1", period, charged: money("10.00"), candidate: money("12345678901234567890.01"), difference: money(difference) });
  expect(csvOf({ losers: [row("=HYPERLINK(1)", "0.10")], winners: [row("a", "-5.00")], not_computable: none }).split("\r\n")).toEqual([
    "account_id,subscription_id,start,end,currency,charged,candidate,difference,reason",
    `'=HYPERLINK(1),"s,1",2026-08-01,2026-09-01,EUR,10.00,12345678901234567890.01,0.10,`,
    `a,"s,1",2026-08-01,2026-09-01,EUR,10.00,12345678901234567890.01,-5.00,`,
    "",
  ]);
});
