import { expect, test } from "vitest";
import type { ReportColumn } from "./queries";
import { rowsPath } from "./rowsPath";
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

test("a figure leads to the page of its rows, where there is one", () => {
  expect(rowsPath("/v1/invoices?status=issued&issued_from=2026-09-01")).toBe("/invoices?status=all&issued_from=2026-09-01");
  expect(rowsPath("/v1/somewhere?x=1")).toBeNull();
  expect(rowsPath(null)).toBeNull();
});
