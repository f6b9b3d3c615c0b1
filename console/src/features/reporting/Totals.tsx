/** Invoiced, paid, outstanding and overdue since the beginning, one row per currency: currencies are never added up. */
import { useI18n } from "../../lib/i18n";
import { Card } from "../../ui/Card";
import { PlainTable } from "../../ui/PlainTable";
import { EmptyState } from "../../ui/States";
import { Money } from "../../ui/Value";
import type { Overview } from "./queries";
import "./Totals.css";

const columns = ["invoiced", "paid", "outstanding", "overdue"] as const;

/** What the API calls a column, where it has another word for the same. */
const fields = { invoiced: "invoiced", paid: "paid", outstanding: "open", overdue: "overdue" } as const;

export function Totals({ overview }: { overview: Overview }) {
  const { t } = useI18n();
  return (
    <Card title={t("overview.totals")} flush>
      {overview.totals.length === 0 ? <EmptyState icon="invoice" title={t("overview.no_totals")} /> : (
        <PlainTable label={t("overview.totals")} className="totals-table">
          <thead>
            <tr>
              <th scope="col" className="totals-currency">{t("overview.currency")}</th>
              {columns.map((column) => <th key={column} scope="col" className="end">{t(`overview.${column}`)}</th>)}
            </tr>
          </thead>
          <tbody>
            {overview.totals.map((row) => (
              <tr key={row.currency}>
                <th scope="row" className="totals-currency">{row.currency}</th>
                {columns.map((column) => <td key={column} className="end"><Money value={{ amount: row[fields[column]], currency: row.currency }} /></td>)}
              </tr>
            ))}
          </tbody>
        </PlainTable>
      )}
    </Card>
  );
}
