/** What uses a meter: the plans that have a price for it, and the services that are measured by it. */
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { StatusTag } from "../../../ui/StatusTag";
import { Count } from "../../../ui/Value";
import { users_shown, usePlansOf, useServicesOf, type Meter } from "./queries";

export function MeterUsers({ meter }: { meter: Meter }) {
  return <><Plans meter={meter} /><Services meter={meter} /></>;
}

function Plans({ meter: { id } }: { meter: Meter }) {
  const { t } = useI18n();
  const { data, error, refetch } = usePlansOf(id);
  return (
    <Card title={t("meter.plans")} flush>
      {data?.items.length === 0 && <EmptyState icon="tag" title={t("meter.no_plans")}><p className="muted">{t("meter.no_plans_hint")}</p></EmptyState>}
      {data && data.items.length > 0 && (
        <PlainTable label={t("meter.plans")}>
          <thead><tr><th scope="col">{t("meter.plan")}</th><th scope="col">{t("meter.plan_status")}</th><th scope="col" className="wide-only">{t("meter.price")}</th><th scope="col" className="end">{t("meter.subscriptions")}</th></tr></thead>
          <tbody>
            {data.items.map((plan) => (
              <tr key={plan.id}>
                <th scope="row"><Link to={`/plans/${encodeURIComponent(plan.id)}`} dir="auto">{plan.name}</Link></th>
                <td><StatusTag kind="plan" status={plan.status} /></td>
                <td className="wide-only">{plan.prices.flatMap((price, at) => (JSON.stringify(price).includes(JSON.stringify(id)) ? [<span key={at} className="below" dir="auto">{plan.price_summary[at]}</span>] : []))}</td>
                <td className="end"><Count value={plan.active_subscriptions} /></td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      )}
      {data && data.total > users_shown && <p className="pad small muted">{t("meter.more", { count: data.total - users_shown })}</p>}
      {!data && (error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <div className="pad"><Skeleton lines={3} /></div>)}
    </Card>
  );
}

function Services({ meter: { id } }: { meter: Meter }) {
  const { t } = useI18n();
  const { data, error, refetch } = useServicesOf(id);
  return (
    <Card title={t("meter.services")}>
      {data?.items.length === 0 && <p className="muted">{t("meter.no_services")}</p>}
      {data && data.items.length > 0 && <ul className="way-list">{data.items.map((service) => <li key={service.id}><Link to={`/services/catalogue?q=${encodeURIComponent(service.name)}`} dir="auto">{service.name}</Link> <span className="small muted" dir="ltr">{service.id}</span></li>)}</ul>}
      {!data && (error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={2} />)}
    </Card>
  );
}
