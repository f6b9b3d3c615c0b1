/** The allowances of a subscription in the running period: buckets in the order in which they pay, what is used of each meter, fair use. */
import { lazy, Suspense, useState } from "react";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { Instant, PeriodText } from "../../../ui/Value";
import type { SubscriptionDetail } from "../subscriptions/queries";
import { Buckets } from "./Buckets";
import { FairUse } from "./FairUse";
import { MeterUses } from "./MeterUses";
import { useAllowances, type Allowed } from "./queries";
import { TopUps } from "./TopUps";
import { TryRule } from "./TryRule";

const TopUpDrawer = lazy(() => import("./TopUpDrawer"));

export function Allowances({ subscription }: { subscription: SubscriptionDetail }) {
  const { t } = useI18n();
  const { data, error, refetch } = useAllowances(subscription.id);
  return (
    <>
      <Card title={t("allowances.title")} aside={data && <TopUpButton subscription={subscription} allowed={data} />} flush>
        {data && data.allowances.length === 0 && <EmptyState icon="info" title={t("allowances.none")} />}
        {data && data.allowances.length > 0 && <Buckets allowed={data} of={subscription.id} />}
        {data && <p className="pad small muted"><PeriodText value={data.period} />, {t("allowances.as_of")} <Instant value={data.as_of} seconds /></p>}
        {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {!data && !error && <div className="pad"><Skeleton lines={4} height={36} /></div>}
      </Card>
      <TopUps of={subscription.id} />
      {data && <MeterUses uses={data.meters} title={t("allowances.meters")} />}
      {data && <FairUse allowed={data} subscription={subscription} />}
      <TryRule subscription={subscription} />
    </>
  );
}

function TopUpButton({ subscription, allowed }: { subscription: SubscriptionDetail; allowed: Allowed }) {
  const { t } = useI18n();
  const [isOpen, setOpen] = useState(false);
  const offer = allowed.allowed_actions.find(({ action }) => action === "top_up");
  if (!offer) return null;
  return (
    <>
      {!offer.allowed && offer.reason && <span className="small muted" dir="auto">{offer.reason}</span>}
      <button type="button" className="button" disabled={!offer.allowed} onClick={() => setOpen(true)}>{t("top_up.action")}</button>
      {isOpen && <Suspense fallback={null}><TopUpDrawer subscription={subscription} allowed={allowed} onClose={() => setOpen(false)} /></Suspense>}
    </>
  );
}
