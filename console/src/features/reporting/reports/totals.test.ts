import { expect, test } from "vitest";
import type { ReportColumn } from "./queries";
import { totalsOf } from "./totals";

const column = (name: string, kind: ReportColumn["kind"], adds_up = true): ReportColumn => ({ name, kind, definition: "", formula: null, adds_up });
const columns = [column("month", "month"), column("currency", "text"), column("net", "money"), column("closing", "money", false)];

test("what is of one currency is never added to what is of another, and what stands at a moment is not added at all", () => {
  const row = (currency: string, net: string) => ({ month: "2026-09", currency, net, closing: "1.00" });
  const [eur, ...others] = totalsOf(columns, [row("EUR", "0.10"), row("EUR", "0.20"), row("JPY", "300")]);
  expect([eur?.currency, [...(eur?.amounts ?? [])]]).toEqual(["EUR", [["net", "0.30"]]]);
  expect(others).toEqual([]);
  expect(totalsOf(columns, [])).toEqual([]);
});
