/** Totals of a report by currency: what is of one currency is never added to what is of another. */
import { sum } from "../../../lib/decimal";
import type { ReportColumn, ReportRow } from "./queries";

export interface Total {
  currency: string;
  amounts: ReadonlyMap<string, string>;
}

export function totalsOf(columns: readonly ReportColumn[], rows: readonly ReportRow[]): Total[] {
  const money = columns.filter(({ kind, adds_up }) => kind === "money" && adds_up).map(({ name }) => name);
  const currencies = [...new Set(rows.map(({ currency }) => currency).filter((each): each is string => typeof each === "string"))].sort();
  return currencies.flatMap((currency) => {
    const own = rows.filter((row) => row["currency"] === currency);
    const amounts = new Map(money.flatMap((name) => {
      const texts = own.map((row) => row[name]).filter((value): value is string => typeof value === "string");
      return texts.length > 0 ? [[name, sum(texts)] as const] : [];
    }));
    return own.length > 1 && amounts.size > 0 ? [{ currency, amounts }] : [];
  });
}
