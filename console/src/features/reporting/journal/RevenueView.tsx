/** What is earned by month (R59): what was billed in advance and is deferred, and what is earned and not billed yet. */
import { useState } from "react";
import { Link } from "react-router";
import { useI18n, type Key } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { PageTitle } from "../../../ui/PageTitle";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { Money } from "../../../ui/Value";
import { monthPath, useDeferred, useUnbilled } from "./queries";

type Grouping = "month" | "plan";
type Row = { month: string; currency: string; plan_id?: string | null | undefined } & Readonly<Record<string, unknown>>;

export function RevenueView() {
  const { t } = useI18n();
  const [by, setBy] = useState<Grouping>("month");
  const deferred = useDeferred(by);
  const unbilled = useUnbilled(by);
  return (
    <>
      <PageTitle of={t("revenue.title")} />
      <div className="row wrap">
        <h1 className="grow">{t("revenue.title")}</h1>
        <label className="row"><span>{t("revenue.by")}</span>
          <select className="field" value={by} onChange={(event) => setBy(event.target.value as Grouping)}>
            <option value="month">{t("revenue.by_month")}</option>
            <option value="plan">{t("revenue.by_plan")}</option>
          </select>
        </label>
      </div>
      <p className="muted">{t("revenue.note")}</p>
      <Months title={t("revenue.deferred")} account="deferred_revenue" columns={["opening", "deferred", "released", "closing", "recognised"]} rows={deferred.data?.items} error={deferred.error} onRetry={() => void deferred.refetch()} by={by} />
      <Months title={t("revenue.unbilled")} account="unbilled_revenue" columns={["opening", "earned", "billed", "closing"]} rows={unbilled.data?.items} error={unbilled.error} onRetry={() => void unbilled.refetch()} by={by} />
    </>
  );
}

interface MonthsProps {
  title: string;
  account: string;
  columns: readonly ("opening" | "deferred" | "released" | "earned" | "billed" | "closing" | "recognised")[];
  rows: readonly Row[] | undefined;
  error: Error | null;
  onRetry: () => void;
  by: Grouping;
}

function Months({ title, account, columns, rows, error, onRetry, by }: MonthsProps) {
  const { t } = useI18n();
  const word = (column: string): Key => `revenue.${column}` as Key;
  return (
    <Card title={title} flush>
      {!rows && (error ? <ErrorState error={error} onRetry={onRetry} /> : <Skeleton lines={4} height={40} />)}
      {rows?.length === 0 && <EmptyState icon="search" title={t("revenue.nothing")} />}
      {rows && rows.length > 0 && (
        <PlainTable label={title}>
          <thead>
            <tr>
              <th scope="col">{t("revenue.month")}</th>
              {by === "plan" && <th scope="col">{t("revenue.plan")}</th>}
              {columns.map((column) => <th key={column} scope="col" className="end">{t(word(column))}</th>)}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.month} ${row.currency} ${row.plan_id ?? ""}`}>
                <th scope="row"><Link to={monthPath(account, row.month, row.plan_id)} dir="ltr">{row.month}</Link></th>
                {by === "plan" && <td dir="ltr">{row.plan_id || t("revenue.no_plan")}</td>}
                {columns.map((column) => <td key={column} className="end"><Money value={{ amount: String(row[column]), currency: row.currency }} /></td>)}
              </tr>
            ))}
          </tbody>
        </PlainTable>
      )}
    </Card>
  );
}
