/** Asks the price engine what something would cost, or when a period would begin; nothing is stored. */
import { answer, api, type Body } from "../../lib/api";

export type QuoteBody = Body<"/v1/pricing/quotes">;
export type Quote = Awaited<ReturnType<typeof quote>>;
export type QuoteLine = Quote["lines"][number];

export function quote(body: QuoteBody, signal: AbortSignal) {
  return answer(api.POST("/v1/pricing/quotes", { body, signal }));
}
