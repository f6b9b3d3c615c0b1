/** "At 350 GB this customer pays …": quantities by meter, and what the price engine says they come to. */
import { Fragment, useId } from "react";
import { useI18n } from "../../../lib/i18n";
import type { MoneyValue } from "../../../lib/money";
import { formatMoney } from "../../../lib/money";
import { useName } from "../../../lib/names";
import { Card } from "../../../ui/Card";
import { ErrorState, Skeleton } from "../../../ui/States";
import { Money } from "../../../ui/Value";
import { unitName, unitOf } from "./units";
import "../../../ui/form/form.css";
import "./plans.css";

export interface SimulatedLine {
  key: string;
  text: string;
  /** Null where the engine refused, which `refusal` tells. */
  amount: MoneyValue | null;
  refusal?: string | null;
}

interface Props {
  meters: readonly string[];
  quantities: Readonly<Record<string, string>>;
  onChange: (meter: string, text: string) => void;
  lines: readonly SimulatedLine[] | undefined;
  total: MoneyValue | null;
  error: unknown;
  onRetry: () => void;
  /** Whether the prices include tax. */
  includesTax: boolean;
}

export function Simulator({ meters, quantities, onChange, lines, total, error, onRetry, includesTax }: Props) {
  const { t, locale } = useI18n();
  const said = meters.map((meter) => `${quantities[meter] || "0"} ${unitName(locale, unitOf(meter))}`).join(", ");
  return (
    <Card title={t("simulator.title")} className="simulator">
      <div className="stack">
        {meters.map((meter) => (
          <Used key={meter} meter={meter} text={quantities[meter] ?? ""} onChange={(text) => onChange(meter, text)} />
        ))}
        <div aria-live="polite" className="stack">
          {error ? <ErrorState error={error} onRetry={onRetry} /> : !lines ? <Skeleton lines={3} /> : (
            <>
              {total && <p>{said === "" ? t("simulator.pays", { amount: formatMoney(locale, total) }) : t("simulator.pays_at", { quantity: said, amount: formatMoney(locale, total) })}</p>}
              <dl className="pairs">
                {lines.map(({ key, text, amount, refusal }) => (
                  <Fragment key={key}>
                    <div><dt><bdi>{text}</bdi></dt><dd>{amount ? <Money value={amount} /> : <span className="form-problem small">{refusal}</span>}</dd></div>
                  </Fragment>
                ))}
              </dl>
            </>
          )}
        </div>
        <p className="small muted">{t(includesTax ? "simulator.hint_gross" : "simulator.hint")}</p>
      </div>
    </Card>
  );
}

/** How much of a meter, in a unit that people read. */
function Used({ meter, text, onChange }: { meter: string; text: string; onChange: (text: string) => void }) {
  const { t, locale } = useI18n();
  const id = useId();
  const name = useName("meter", meter) ?? meter;
  return (
    <label className="form-field" htmlFor={id}>
      <span>{t("simulator.quantity", { meter: name, unit: unitName(locale, unitOf(meter)) })}</span>
      <input id={id} className="field number" inputMode="decimal" autoComplete="off" value={text} onChange={(event) => onChange(event.target.value)} />
    </label>
  );
}
