/** Who has the plan now and what they cost from the day on that is written, with the prices that will hold. */
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { ErrorState, Skeleton } from "../../../ui/States";
import { BillingDate } from "../../../ui/Value";
import { PlanSaid } from "./PriceSaid";
import { useAffected, type Plan } from "./queries";
import "../cycles/cycles.css";

export function Affected({ plan, from }: { plan: Plan; from: string }) {
  const { t } = useI18n();
  const { data, error, refetch } = useAffected(plan.id);
  return (
    <section className="stack" aria-labelledby="affected">
      <h3 id="affected">{t("affected.title")}</h3>
      {from !== "" && <p>{t("affected.from")} <BillingDate value={from} />:</p>}
      <PlanSaid prices={plan.prices} currency={plan.currency} sentences={plan.price_summary} />
      {data && (data.total === 0 ? <p>{t("affected.none")}</p> : (
        <p>{t("affected.customers", { count: data.total })} {data.items.map(({ account_id, name }) => <Link key={account_id} className="example" to={`/customers/${encodeURIComponent(account_id)}`} dir="auto">{name}</Link>)}</p>
      ))}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton lines={2} />}
      <ul className="muted small">{plan.warnings.map(({ pointer, detail }) => <li key={pointer}><bdi>{detail}</bdi></li>)}</ul>
    </section>
  );
}
