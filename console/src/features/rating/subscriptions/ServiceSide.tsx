/** Beside a subscription's page: what may be done with it, and its facts. */
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { ActionButtons } from "../../../ui/command/ActionButtons";
import { Facts } from "../../../ui/Facts";
import { CustomerName, PlanName } from "../../../ui/Named";
import { BillingDate, Count, Instant } from "../../../ui/Value";
import { subscriptionActions } from "./actions";
import { Contract } from "./Contract";
import { servicePath, type SubscriptionDetail } from "./queries";

export function ServiceSide({ subscription: of }: { subscription: SubscriptionDetail }) {
  const { t } = useI18n();
  return (
    <aside className="stack" aria-label={t("service.summary")}>
      <ActionButtons thing={of} actions={subscriptionActions} />
      <Card title={t("service.facts")}>
        <Facts
          facts={[
            [t("service.account"), <CustomerName key="account" id={of.account_id} link />],
            [t("service.plan"), <PlanName key="plan" id={of.plan_id} link />],
            of.plan_version !== null && [t("service.plan_version"), <Count key="version" value={of.plan_version} />],
            [t("service.quantity"), <Count key="quantity" value={of.quantity} />],
            [t("service.start"), <BillingDate key="start" value={of.start} />],
            [t("service.end"), <BillingDate key="end" value={of.end} />],
            of.trial_until !== null && [t("service.trial_until"), <BillingDate key="trial" value={of.trial_until} />],
            of.parent_id !== null && [t("service.added_to"), <Link key="parent" to={servicePath(of.parent_id)} dir="ltr">{of.parent_id}</Link>],
            [t("service.started_at"), <Instant key="started" value={of.started_at} />],
          ]}
        />
      </Card>
      <Contract id={of.id} />
    </aside>
  );
}
