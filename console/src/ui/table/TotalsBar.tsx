/**
 * What the filter found: how many, and per currency how much. Currencies are never added up.
 *
 *     1,284 invoices · €182,430.10 total · €23,110.40 due
 */
import { Fragment } from "react";
import type { MoneyValue } from "../../lib/money";
import { Instant, Money } from "../Value";
import { useI18n } from "../../lib/i18n";

export interface CurrencyTotals {
  currency: string;
  parts: readonly { label: string; value: MoneyValue }[];
}

export function TotalsBar({ count, totals, asOf, note }: { count: string; totals: readonly CurrencyTotals[]; asOf: string; note?: string | undefined }) {
  const { t } = useI18n();
  return (
    <div className="totals">
      <strong className="number">{count}</strong>
      {totals.length > 0 && <ul className="grow">
        {totals.map(({ currency, parts }) => (
          <li key={currency}>
            {parts.map(({ label, value }, index) => (
              <Fragment key={label}>
                {index > 0 && <span className="muted" aria-hidden="true"> · </span>}
                <span className="nowrap"><strong><Money value={value} /></strong> <span className="muted">{label}</span></span>
              </Fragment>
            ))}
          </li>
        ))}
      </ul>}
      {note && <span className="muted small">{note}</span>}
      <span className="muted small nowrap">{t("list.as_of")} <Instant value={asOf} seconds /></span>
    </div>
  );
}
