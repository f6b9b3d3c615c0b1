/** Whom an outage hit: everybody with a plan, or some customers or subscriptions by name. */
import { useI18n } from "../../../lib/i18n";
import { CustomerName, PlanName } from "../../../ui/Named";
import type { Outage } from "./queries";

export function Whom({ outage: { plan_id, account_ids, subscription_ids } }: { outage: Pick<Outage, "plan_id" | "account_ids" | "subscription_ids"> }) {
  const { t } = useI18n();
  if (plan_id !== null) return <PlanName id={plan_id} link inline />;
  if (account_ids?.length === 1) return <CustomerName id={account_ids[0]!} link inline />;
  if (account_ids) return <>{t("outage.customers", { count: account_ids.length })}</>;
  return <>{t("outage.subscriptions", { count: subscription_ids?.length ?? 0 })}</>;
}
