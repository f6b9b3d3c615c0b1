/** What a price says in a sentence: the console's own words where it has them, else the server's. */
import { useI18n } from "../../../lib/i18n";
import { sayPrice } from "./say";
import "./plans.css";

interface Props {
  price: Readonly<Record<string, unknown>>;
  currency: string;
  /** The server's sentence. */
  sentence: string | undefined;
}

export function PriceSaid({ price, currency, sentence }: Props) {
  const { t, locale } = useI18n();
  const said = sayPrice(price, currency, t, locale);
  if (said.length === 0) return <>{sentence}</>;
  return said.length === 1 ? <>{said[0]}</> : <ul className="price-said">{said.map((clause) => <li key={clause}>{clause}</li>)}</ul>;
}

/** All prices of a plan, a line each; what one says in several clauses stands behind each other. */
export function PlanSaid({ prices, currency, sentences }: { prices: readonly object[]; currency: string; sentences: readonly string[] }) {
  const { t, locale } = useI18n();
  const lines = prices.map((price, at) => sayPrice({ ...price }, currency, t, locale).join("; ") || sentences[at] || "");
  return <ul className="price-said">{lines.map((line, at) => <li key={at}>{line}</li>)}</ul>;
}
