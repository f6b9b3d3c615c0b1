/** Beside the forms: what the prices that are being written come to, while they are written. */
import { useState } from "react";
import { useToday } from "../../../../lib/clock";
import { useLabel, useI18n } from "../../../../lib/i18n";
import { useRested } from "../../../../lib/rested";
import { metersOf } from "../queries";
import { Simulator } from "../Simulator";
import { counted, unitOf } from "../units";
import type { PriceDrafts } from "./drafts";
import { totalOf, useQuotes } from "./useQuotes";

const rest_ms = 300;

export function DraftSimulator({ prices, currency, includesTax }: { prices: PriceDrafts; currency: string; includesTax: boolean }) {
  const { t } = useI18n();
  const label = useLabel();
  const [quantities, setQuantities] = useState<Readonly<Record<string, string>>>({});
  const month = useToday().slice(0, 7);
  const written = prices.drafts.map(({ price }) => price);
  const rested = JSON.parse(useRested(JSON.stringify({ written, quantities }), rest_ms)) as { written: typeof written; quantities: typeof quantities };
  const inUnits = Object.fromEntries(Object.entries(rested.quantities).map(([meter, text]) => [meter, counted(text || "0", unitOf(meter)) ?? "0"]));
  const quotes = useQuotes(rested.written, { currency, month, quantities: inUnits });
  const lines = quotes.map(({ amount, refusal }, at) => {
    const model = String(rested.written[at]?.["model"] ?? prices.drafts[at]?.model ?? "");
    return { key: String(at), text: `${t("editor.price_n", { n: at + 1 })}: ${label(`price_form.model_${model}`, model)}`, amount, refusal: refusal ?? (rested.written[at] ? null : t("simulator.unfinished")) };
  });
  const meters = metersOf(written.filter((price) => price !== null));
  return <Simulator meters={meters} quantities={quantities} onChange={(meter, text) => setQuantities((before) => ({ ...before, [meter]: text }))} lines={lines} total={totalOf(quotes, currency)} error={null} onRetry={() => undefined} includesTax={includesTax} />;
}
