/** The services of one customer, each with what may be done with it, and a button that starts another. */
import { lazy, Suspense } from "react";
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { useListState } from "../../../lib/listState";
import { Card } from "../../../ui/Card";
import { Processing } from "../../../ui/command/Processing";
import { PlanName } from "../../../ui/Named";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { StatusTag } from "../../../ui/StatusTag";
import { BillingDate } from "../../../ui/Value";
import { servicePath, useSubscriptionsOf } from "./queries";
import { ServiceMenu } from "./ServiceMenu";

const SubscriptionDrawer = lazy(() => import("./SubscriptionDrawer"));

export function CustomerServices({ accountId, mayStart }: { accountId: string; mayStart: boolean }) {
  const { t } = useI18n();
  const list = useListState();
  const { data, error, refetch } = useSubscriptionsOf(accountId);
  return (
    <Card
      title={t("services.title")} flush
      aside={<button type="button" className="button" disabled={!mayStart} title={mayStart ? undefined : t("state.forbidden")} onClick={() => list.set({ start: "1" })}>{t("services.create")}</button>}
    >
      {data?.items.length === 0 && <EmptyState icon="service" title={t("services.none_here")} />}
      {data && data.items.length > 0 && (
        <PlainTable label={t("services.title")}>
          <thead>
            <tr>
              <th scope="col">{t("service.id")}</th>
              <th scope="col">{t("service.plan")}</th>
              <th scope="col">{t("service.status")}</th>
              <th scope="col" className="wide-only">{t("service.start")}</th>
              <th scope="col" className="wide-only">{t("service.end")}</th>
              <th scope="col"><span className="visually-hidden">{t("list.actions")}</span></th>
            </tr>
          </thead>
          <tbody>
            {data.items.map((subscription) => (
              <tr key={subscription.id}>
                <th scope="row"><Link to={servicePath(subscription.id)} dir="ltr">{subscription.id}</Link> <Processing subject={subscription.id} /></th>
                <td><PlanName id={subscription.plan_id} link /></td>
                <td><StatusTag kind="subscription" status={subscription.status} /></td>
                <td className="wide-only"><BillingDate value={subscription.start} /></td>
                <td className="wide-only"><BillingDate value={subscription.end} /></td>
                <td className="end"><ServiceMenu subscription={subscription} /></td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      )}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <div className="pad"><Skeleton lines={4} height={36} /></div>}
      {mayStart && list.get("start") === "1" && <Suspense fallback={null}><SubscriptionDrawer account={accountId} onClose={() => list.set({ start: null })} /></Suspense>}
    </Card>
  );
}
