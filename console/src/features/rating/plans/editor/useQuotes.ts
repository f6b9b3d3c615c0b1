/**
 * What the prices that are being written come to in a month: each is asked of the price engine by itself, as a fee for
 * time where it is one, else for the quantity of its meter. What can't be quoted yet says why.
 */
import { keepPreviousData, useQueries } from "@tanstack/react-query";
import { sum } from "../../../../lib/decimal";
import type { MoneyValue } from "../../../../lib/money";
import { ApiProblem } from "../../../../lib/problem";
import { quote, type Quote, type QuoteBody } from "../../quotes";
import { monthFrom } from "../PlanPrices";

interface Asked {
  currency: string;
  /** `2026-11`. */
  month: string;
  quantities: Readonly<Record<string, string>>;
}

export interface Quoted {
  amount: MoneyValue | null;
  refusal: string | null;
  isPending: boolean;
}

export function useQuotes(prices: readonly (Record<string, unknown> | null)[], asked: Asked): readonly Quoted[] {
  const answers = useQueries({
    queries: prices.map((price) => {
      const body = price && bodyOf(price, asked);
      return { queryKey: ["quotes", body], queryFn: ({ signal }: { signal: AbortSignal }) => quote(body!, signal), enabled: body !== null, retry: false, staleTime: 60_000, placeholderData: keepPreviousData<Quote> };
    }),
  });
  return answers.map(({ data, error, fetchStatus }, at) => ({
    amount: prices[at] && data && !error ? data.amount : null,
    refusal: error instanceof ApiProblem ? (error.errors[0]?.detail ?? error.detail ?? error.title) : null,
    isPending: fetchStatus === "fetching",
  }));
}

function bodyOf(price: Record<string, unknown>, { currency, month, quantities }: Asked): QuoteBody {
  const period = monthFrom(month);
  if (price["model"] === "flat") {
    const interval = price["interval"] ?? "month";
    // Billed in arrears, the first period falls due at its end; so far ahead lies no period of a second one.
    const due = price["bill"] === "arrears" ? endOf(period.start, interval) : period.start;
    return { price, currency, cycle: { frequency: interval, anchor_day: 1, anchor_month: Number(month.slice(5)), time_zone: "UTC" }, start: period.start, target_date: due } as unknown as QuoteBody;
  }
  const meter = typeof price["meter"] === "string" ? price["meter"] : null;
  return { price, currency, period, quantity: meter === null ? "1" : (quantities[meter] ?? "0") } as unknown as QuoteBody;
}

function endOf(start: string, interval: unknown): string {
  const day = new Date(`${start}T00:00:00Z`);
  if (typeof interval === "object" && interval !== null && "days" in interval) day.setUTCDate(day.getUTCDate() + Number(interval.days));
  else if (interval === "week") day.setUTCDate(day.getUTCDate() + 7);
  else day.setUTCMonth(day.getUTCMonth() + (interval === "year" ? 12 : interval === "quarter" ? 3 : 1));
  return day.toISOString().slice(0, 10);
}

/** All that could be quoted, together; the amounts are the engine's, and are only added. */
export function totalOf(quotes: readonly Quoted[], currency: string): MoneyValue | null {
  const amounts = quotes.flatMap(({ amount }) => (amount ? [amount.amount] : []));
  return amounts.length === 0 ? null : { amount: sum(amounts), currency };
}
