/** Beside a run's page: what may be done, how far it is, what it came to, and what it was asked for. */
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { ActionButtons } from "../../../ui/command/ActionButtons";
import { Facts } from "../../../ui/Facts";
import { BillingDate, Count, Instant } from "../../../ui/Value";
import { runActions } from "./actions";
import { runPath, type Run } from "./queries";
import { ScopeText, Sums } from "./RunFacts";
import "./runs.css";

export function RunSide({ run }: { run: Run }) {
  const { t } = useI18n();
  return (
    <aside className="stack" aria-label={t("run.summary")}>
      <ActionButtons thing={run} actions={runActions} />
      <Card title={t(run.dry_run ? "run.would_come_to" : "run.came_to")}>
        {run.status === "running" && <progress className="run-progress" aria-label={t("run.progress")} max={run.partitions} value={run.partitions_done} />}
        <Facts
          facts={[
            [t("run.accounts"), <Count key="accounts" value={run.accounts} />],
            [t("run.invoices"), <Count key="invoices" value={run.invoices} />],
            run.deferred > 0 && [t("run.deferred"), <Count key="deferred" value={run.deferred} />],
            run.on_hold > 0 && [t("run.on_hold"), <Count key="hold" value={run.on_hold} />],
            run.not_closed > 0 && [t("run.not_closed"), <Count key="open" value={run.not_closed} />],
            [t("run.failed"), <span key="failed" className={run.failed > 0 ? "danger-text" : undefined}><Count value={run.failed} /></span>],
            [t("run.total"), <Sums key="total" totals={run.totals} />, "sum"],
          ]}
        />
      </Card>
      <Card title={t("run.facts")}>
        <Facts
          facts={[
            [t("run.scope"), <ScopeText key="scope" run={run} />],
            [t("run.target_date"), <BillingDate key="date" value={run.target_date} />],
            run.confirms !== null && [t("run.confirms"), <Other key="confirms" id={run.confirms} />],
            run.retries !== null && [t("run.retries"), <Other key="retries" id={run.retries} />],
            [t("run.started_at"), <Instant key="started" value={run.started_at} />],
            run.started_by !== null && [t("run.started_by"), <span key="by" dir="ltr">{run.started_by}</span>],
            run.finished_at !== null && [t("run.finished_at"), <Instant key="finished" value={run.finished_at} />],
            !run.dry_run && [t("run.its_invoices"), <Link key="invoices" to={`/invoices?status=all&run_id=${encodeURIComponent(run.id)}`}>{t("run.show_invoices")}</Link>],
          ]}
        />
      </Card>
    </aside>
  );
}

function Other({ id }: { id: string }) {
  return <Link className="nowrap" to={runPath(id)} dir="ltr">{id}</Link>;
}
