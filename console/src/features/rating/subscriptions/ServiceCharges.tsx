/** The one-time charges of one subscription; their currency is that of its plan. */
import { Skeleton } from "../../../ui/States";
import { OneTimeCharges } from "../oneTime/OneTimeCharges";
import { usePlan } from "../plans/queries";
import type { SubscriptionDetail } from "./queries";

export function ServiceCharges({ subscription: { id, account_id, plan_id }, mayAdd }: { subscription: SubscriptionDetail; mayAdd: boolean }) {
  const { data: plan, isError } = usePlan(plan_id);
  if (!plan && !isError) return <Skeleton lines={4} height={36} />;
  return <OneTimeCharges whose={{ account_id, subscription_id: id }} currency={plan?.currency ?? ""} mayAdd={mayAdd} />;
}
