/** What a run found at each account, those that failed under their reason; and beside their tabs the failures by reason. */
import { Link } from "react-router";
import { useI18n, useLabel } from "../../../lib/i18n";
import { useListState } from "../../../lib/listState";
import { Card } from "../../../ui/Card";
import { CustomerName } from "../../../ui/Named";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { Pager } from "../../../ui/table/Pager";
import { QuickTabs } from "../../../ui/Tabs";
import { Count, Money, Nothing } from "../../../ui/Value";
import { invoicePath } from "../queries";
import { useRunResults, type Run, type RunResult } from "./queries";

const outcomes = ["invoiced", "failed", "waiting_approval", "deferred", "on_hold", "not_closed"] as const;

export function RunResults({ run }: { run: Run }) {
  const { t } = useI18n();
  const list = useListState();
  const shown = outcomes.find((outcome) => outcome === list.get("show")) ?? outcomes[0];
  const { data, error, refetch } = useRunResults(run, { outcome: [shown], sort: "account_id", page: list.page, size: list.size });
  return (
    <>
      {run.failures.length > 0 && <Failures run={run} />}
      <Card title={t("run.results")} flush>
        <QuickTabs
          label={t("run.results")} current={shown}
          tabs={outcomes.map((outcome) => ({ id: outcome, label: `${t(`run.outcome_${outcome}`)} ${run[outcome === "invoiced" ? "invoices" : outcome]}`, to: list.href({ show: outcome === outcomes[0] ? null : outcome }) }))}
        />
        {data?.total === 0 && <EmptyState icon="checkCircle" title={t("run.no_results")} />}
        {data && data.total > 0 && <Rows rows={data.items} />}
        {data && data.total > list.size && <Pager list={list} total={data.total} />}
        {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {!data && !error && <div className="pad"><Skeleton lines={6} height={36} /></div>}
      </Card>
    </>
  );
}

function Rows({ rows }: { rows: readonly RunResult[] }) {
  const { t } = useI18n();
  const label = useLabel();
  return (
    <PlainTable label={t("run.results")} className="stacked">
      <thead><tr><th scope="col">{t("run.customer")}</th><th scope="col">{t("run.invoice")}</th><th scope="col">{t("run.reason")}</th><th scope="col" className="end">{t("run.total")}</th></tr></thead>
      <tbody>
        {rows.map(({ account_id, invoice_id, number, reason, total, unbilled_href }, index) => (
          <tr key={`${account_id} ${invoice_id ?? ""} ${index}`}>
            <th scope="row"><CustomerName id={account_id} link /></th>
            <td data-label={t("run.invoice")}>{invoice_id === null ? <Nothing /> : <Link className="number" to={invoicePath(invoice_id)} dir="ltr">{number ?? invoice_id}</Link>}</td>
            <td data-label={t("run.reason")}>{reason === null ? (unbilled_href === null ? <Nothing /> : t("run.period_open")) : label(`run.reason_${reason}`, reason)}</td>
            <td className="end" data-label={t("run.total")}><Money value={total} /></td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}

function Failures({ run }: { run: Run }) {
  const { t } = useI18n();
  const label = useLabel();
  return (
    <Card title={t("run.failures")} flush>
      <PlainTable label={t("run.failures")}>
        <thead><tr><th scope="col">{t("run.reason")}</th><th scope="col" className="end">{t("run.accounts")}</th></tr></thead>
        <tbody>
          {run.failures.map(({ reason, accounts }) => (
            <tr key={reason}><th scope="row">{label(`run.reason_${reason}`, reason)}<code className="small muted below">{reason}</code></th><td className="end"><Count value={accounts} /></td></tr>
          ))}
        </tbody>
      </PlainTable>
    </Card>
  );
}
