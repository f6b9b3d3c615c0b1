/** Fair use: the steps that the plan's allowances name, which of them this period has reached, and the speed that is asked for now. */
import { difference, isNegative, permille } from "../../../lib/decimal";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { Icon } from "../../../ui/Icon";
import { PlainTable } from "../../../ui/PlainTable";
import { Quantity } from "../../../ui/Value";
import { usePlan, type Plan } from "../plans/queries";
import type { SubscriptionDetail } from "../subscriptions/queries";
import { thereOf, type Allowed } from "./queries";

export function FairUse({ allowed, subscription }: { allowed: Allowed; subscription: SubscriptionDetail }) {
  const { t } = useI18n();
  const { data: plan } = usePlan(subscription.plan_id);
  const steps = plan ? stepsOf(plan, subscription.plan_version) : [];
  if (steps.length === 0 && allowed.profile === null) return null;
  return (
    <Card title={t("fair_use.title")} flush>
      <p className="pad" role="status">
        {allowed.profile === null
          ? <span className="status success"><Icon name="checkCircle" size={14} /> {t("fair_use.full_speed")}</span>
          : <span className="status warning"><Icon name="warning" size={14} /> {t("fair_use.slowed", { profile: allowed.profile })}</span>}
      </p>
      {steps.length > 0 && (
        <PlainTable label={t("fair_use.title")}>
          <thead><tr><th scope="col">{t("fair_use.at")}</th><th scope="col">{t("fair_use.profile")}</th><th scope="col" className="end wide-only">{t("fair_use.stands")}</th><th scope="col">{t("fair_use.state")}</th></tr></thead>
          <tbody>{steps.map((step) => <StepRow key={`${step.allowance} ${step.at}`} step={step} allowed={allowed} />)}</tbody>
        </PlainTable>
      )}
    </Card>
  );
}

interface Step {
  allowance: string;
  meter: string;
  at: string;
  profile: string;
}

function StepRow({ step: { allowance, meter, at, profile }, allowed }: { step: Step; allowed: Allowed }) {
  const { t } = useI18n();
  const used = allowed.meters.find((use) => use.meter === meter)?.used ?? "0";
  const isReached = reached(at, used, thereOf(allowed, meter));
  return (
    <tr>
      <th scope="row">{at.endsWith("%") ? <span className="number" dir="auto">{at.replace("%", " %")}</span> : <Quantity value={at} meter={meter} />} <span className="small muted below" dir="ltr">{allowance}</span></th>
      <td dir="ltr">{profile}</td>
      <td className="end wide-only"><Quantity value={used} meter={meter} /></td>
      <td>{isReached ? <span className="status warning"><Icon name="warning" size={14} /> {t("fair_use.reached")}</span> : <span className="muted">{t("fair_use.not_reached")}</span>}</td>
    </tr>
  );
}

/** Whether usage has come to a step: a percentage of all that is there, or a quantity. */
export function reached(at: string, used: string, there: string): boolean {
  if (!at.endsWith("%")) return !isNegative(difference(used, at));
  const share = permille(used, there);
  return share === null || Number(share) >= Number(at.slice(0, -1)) * 10;
}

/** Of the version that prices the subscription: the one it keeps, else the one in force. */
function stepsOf({ versions }: Plan, pinned: number | null): Step[] {
  const version = versions.find((one) => (pinned === null ? one.status === "in_force" : one.version === pinned)) ?? versions.at(-1);
  return (version?.allowances ?? []).flatMap(({ id, meter, then }) => then.map(({ at, profile }) => ({ allowance: id, meter, at, profile })));
}
