/** Over the vouchers of a batch: how many are in which state and what they come to, and what may be done. */
import { useQuery } from "@tanstack/react-query";
import { useI18n } from "../../../lib/i18n";
import { isStatus } from "../../../lib/problem";
import { useRefreshInterval } from "../../../lib/queries";
import { Card } from "../../../ui/Card";
import { ActionButtons } from "../../../ui/command/ActionButtons";
import { Processing } from "../../../ui/command/Processing";
import { Facts } from "../../../ui/Facts";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { StatusTag } from "../../../ui/StatusTag";
import { BillingDate, Count, Money } from "../../../ui/Value";
import { batchActions } from "./actions";
import { readBatch, type Batch } from "./queries";

const states = ["created", "activated", "redeemed", "void", "expired"] as const;

export function BatchHead({ id }: { id: string }) {
  const { t } = useI18n();
  const { data: batch, error, refetch } = useQuery({ queryKey: ["voucher_batches", "one", id], queryFn: ({ signal }) => readBatch(id, signal), refetchInterval: useRefreshInterval() });
  if (!batch && isStatus(error, 404)) return <EmptyState icon="search" title={t("voucher_batch.not_found", { id })} />;
  if (!batch) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={3} height={36} />;
  return (
    <Card title={batch.prefix}>
      <div className="stack">
        <div className="row wrap"><StatusTag kind="voucher_batch" status={batch.status} /><span dir="auto">{batch.seller}</span><Processing subject={batch.id} /></div>
        <ActionButtons thing={batch} actions={batchActions} across />
        <Facts
          facts={[
            [t("voucher_batch.amount"), <Money key="amount" value={batch.amount} />],
            batch.valid_from !== null && [t("voucher_batch.valid_from"), <BillingDate key="from" value={batch.valid_from} />],
            batch.valid_until !== null && [t("voucher_batch.valid_until"), <BillingDate key="until" value={batch.valid_until} />],
            batch.credit_days !== null && [t("voucher_batch.credit_days"), <Count key="days" value={batch.credit_days} />],
            batch.reason !== "" && [t("voucher_batch.reason"), <span key="why" dir="auto">{batch.reason}</span>],
          ]}
        />
        <Counts batch={batch} />
      </div>
    </Card>
  );
}

function Counts({ batch: { counts, sums } }: { batch: Batch }) {
  const { t } = useI18n();
  return (
    <PlainTable label={t("voucher_batch.counts")}>
      <thead><tr><th scope="col">{t("voucher_batch.status")}</th><th scope="col" className="end">{t("voucher_batch.count")}</th><th scope="col" className="end">{t("voucher_batch.sum")}</th></tr></thead>
      <tbody>
        {states.map((state) => (
          <tr key={state}><th scope="row"><StatusTag kind="voucher" status={state} /></th><td className="end"><Count value={counts[state]} /></td><td className="end"><Money value={sums[state]} /></td></tr>
        ))}
      </tbody>
    </PlainTable>
  );
}
