/** How a customer is dunned: by which policy, how far it is, and what comes if nothing is paid. */
import { lazy, Suspense } from "react";
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { useListState } from "../../../lib/listState";
import { Card } from "../../../ui/Card";
import { Facts } from "../../../ui/Facts";
import { ErrorState, Skeleton } from "../../../ui/States";
import { StatusTag } from "../../../ui/StatusTag";
import { BillingDate, Money } from "../../../ui/Value";
import { Coming } from "./CaseParts";
import { casePath, useAccountDunning, type AccountDunning } from "./queries";

const AssignDrawer = lazy(async () => ({ default: (await import("./AssignDrawer")).AssignDrawer }));

export function CustomerDunning({ id, mayWrite }: { id: string; mayWrite: boolean }) {
  const { t } = useI18n();
  const list = useListState();
  const { data, error, refetch } = useAccountDunning(id);
  if (!data && error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton lines={6} height={36} />;
  const assign = <button type="button" className="button" disabled={!mayWrite} title={mayWrite ? undefined : t("state.forbidden")} onClick={() => list.set({ assign: "policy" })}>{t("dunning.assign")}</button>;
  return (
    <div className="stack">
      <Card title={t("dunning.title")} aside={assign}><Standing of={data} /></Card>
      <Card title={t("dunning.coming")} flush><Coming steps={data.coming} /></Card>
      {mayWrite && list.get("assign") === "policy" && <Suspense fallback={null}><AssignDrawer of={data} onClose={() => list.set({ assign: null })} /></Suspense>}
    </div>
  );
}

function Standing({ of: { policy_id, policy_source, exemption, case: open, restricted_on, days_to_restriction } }: { of: AccountDunning }) {
  const { t } = useI18n();
  return (
    <Facts
      facts={[
        [t("dunning.policy"), policy_id === null ? t("dunning.source_none") : <span key="policy"><bdi>{policy_id}</bdi> (<bdi>{t(`dunning.source_${policy_source}`)}</bdi>)</span>],
        exemption !== null && [t("dunning.exempt"), <span key="why"><span dir="auto">{exemption.reason}</span>{exemption.until !== null && <> <BillingDate value={exemption.until} /></>}</span>],
        open !== null && [t("dunning.status"), <Link key="case" to={casePath(open.id)}><StatusTag kind="dunning" status={open.status} /></Link>],
        open !== null && [t("dunning.step"), open.step_name ?? t("dunning.no_step")],
        open !== null && [t("dunning.access"), <StatusTag key="access" kind="access" status={open.access} />],
        open !== null && [t("dunning.overdue"), <Money key="overdue" value={open.overdue} />, "sum"],
        restricted_on !== null && [t("dunning.restricted_on"), <span key="on"><BillingDate value={restricted_on} /> <span className="small muted">{t("dunning.in_days", { count: days_to_restriction ?? 0 })}</span></span>],
      ]}
    />
  );
}
