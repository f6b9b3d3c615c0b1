/** The parts of a subscription's page: how it goes on, what is scheduled, what was added to it. */
import { Link } from "react-router";
import { answer, api } from "../../../lib/api";
import { useI18n, useLabel } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { Card } from "../../../ui/Card";
import { Processing } from "../../../ui/command/Processing";
import { PlanName } from "../../../ui/Named";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { StatusTag } from "../../../ui/StatusTag";
import { BillingDate } from "../../../ui/Value";
import { Terms } from "./ChangeEffect";
import { servicePath, useAddOns, type Scheduled, type SubscriptionDetail } from "./queries";
import { ServiceMenu } from "./ServiceMenu";

export function ServiceTerms({ subscription }: { subscription: SubscriptionDetail }) {
  const { t } = useI18n();
  return (
    <>
      <Card title={t("terms.title")} flush><Terms terms={subscription.timeline} /></Card>
      <Card title={t("scheduled.title")}>
        {subscription.scheduled.length === 0 ? <p className="muted">{t("scheduled.none")}</p> : <ul className="stack">{subscription.scheduled.map((change) => <ScheduledChange key={change.change_id} of={subscription} change={change} />)}</ul>}
      </Card>
    </>
  );
}

function ScheduledChange({ of, change }: { of: SubscriptionDetail; change: Scheduled }) {
  const { t } = useI18n();
  const label = useLabel();
  const cancel = useCommand({
    words: "scheduled_cancel", touches: ["subscriptions", "customers"], loud: true, subject: () => of.id, version: () => of.version,
    send: (change_id: string, headers) => api.POST("/v1/subscriptions/{subscription_id}/changes/{change_id}/cancel", { params: { path: { subscription_id: of.id, change_id } }, headers }),
    reread: () => answer(api.GET("/v1/subscriptions/{subscription_id}", { params: { path: { subscription_id: of.id } } })),
  });
  return (
    <li className="row wrap">
      <BillingDate value={change.effective_on} />
      <span className="grow">{label(`service.${change.action}`, change.action)}{change.plan_id && <>: <PlanName id={change.plan_id} inline /></>}{change.quantity !== null && ` × ${change.quantity}`}</span>
      <button type="button" className="button" disabled={cancel.isBusy} onClick={() => cancel.run(change.change_id, of)}>{t(cancel.isBusy ? "command.processing" : "scheduled.cancel")}</button>
    </li>
  );
}

export function AddOns({ id }: { id: string }) {
  const { t } = useI18n();
  const { data, error, refetch } = useAddOns(id);
  return (
    <Card title={t("add_ons.title")}>
      {data?.items.length === 0 && <EmptyState icon="plus" title={t("add_ons.none")} />}
      <ul className="stack">
        {data?.items.map((addOn) => (
          <li key={addOn.id} className="row wrap">
            <Link to={servicePath(addOn.id)} dir="ltr">{addOn.id}</Link> <span className="grow"><PlanName id={addOn.plan_id} link inline /></span> <StatusTag kind="subscription" status={addOn.status} /> <Processing subject={addOn.id} /> <ServiceMenu subscription={addOn} />
          </li>
        ))}
      </ul>
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton lines={3} />}
    </Card>
  );
}
