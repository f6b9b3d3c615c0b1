/** Over the debits of a run: where it stands, and what may be done. */
import { useQuery } from "@tanstack/react-query";
import { useI18n } from "../../../lib/i18n";
import { isStatus } from "../../../lib/problem";
import { useRefreshInterval } from "../../../lib/queries";
import { Card } from "../../../ui/Card";
import { ActionButtons } from "../../../ui/command/ActionButtons";
import { Processing } from "../../../ui/command/Processing";
import { Facts } from "../../../ui/Facts";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { StatusTag } from "../../../ui/StatusTag";
import { BillingDate, Count, Money } from "../../../ui/Value";
import { runActions } from "./actions";
import { readRun } from "./queries";

export function RunHead({ id }: { id: string }) {
  const { t } = useI18n();
  const { data: run, error, refetch } = useQuery({ queryKey: ["debit_runs", "one", id], queryFn: ({ signal }) => readRun(id, signal), refetchInterval: useRefreshInterval() });
  if (!run && isStatus(error, 404)) return <EmptyState icon="search" title={t("run_debits.not_found", { id })} />;
  if (!run) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={3} height={36} />;
  return (
    <Card title={run.id}>
      <div className="stack">
        <div className="row wrap"><StatusTag kind="debits" status={run.status} /><span dir="ltr">{run.scheme}</span><Processing subject={run.id} /></div>
        <ActionButtons thing={run} actions={runActions} across />
        <Facts
          facts={[
            [t("run_debits.collection_date"), <BillingDate key="day" value={run.collection_date} />],
            [t("run_debits.total"), <Money key="total" value={run.total} />],
            [t("run_debits.collected"), <Money key="collected" value={run.collected} />],
            [t("run_debits.debits"), <Count key="debits" value={run.debits} />],
            [t("run_debits.returned"), <Count key="returned" value={run.counts.returned} />],
            [t("run_debits.refused"), <Count key="refused" value={run.counts.refused} />],
          ]}
        />
      </div>
    </Card>
  );
}
