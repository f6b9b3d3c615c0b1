/** How far usage has come towards what is committed, by price; beyond it nothing is added for it. */
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { formatMoneyRounded, formatPercent } from "../../../lib/money";
import { Card } from "../../../ui/Card";
import { PlanName } from "../../../ui/Named";
import { Progress } from "../../../ui/Progress";
import { PeriodText } from "../../../ui/Value";
import { useUnbilled } from "../customers/queries";
import { servicePath } from "../subscriptions/queries";

export function Commitments({ id }: { id: string }) {
  const { t, locale } = useI18n();
  const { data } = useUnbilled(id);
  const commitments = data?.commitments ?? [];
  if (commitments.length === 0) return null;
  return (
    <Card title={t("commitments.title")}>
      <ul className="stack">
        {commitments.map((one) => (
          <li key={`${one.subscription_id} ${one.price_index} ${one.period.start}`} className="stack tight">
            <div className="row wrap">
              <span className="grow row wrap"><PlanName id={one.plan_id} inline />{" "}<Link className="small" to={servicePath(one.subscription_id)} dir="ltr">{one.subscription_id}</Link></span>
              <span><span className="number" dir="ltr">{formatMoneyRounded(locale, one.used)}</span> <span className="muted">{t("commitments.of")}</span> <span className="number" dir="ltr">{formatMoneyRounded(locale, one.committed)}</span></span>
            </div>
            <Progress label={t("commitments.title")} share={one.share} />
            <p className="small muted">{formatPercent(locale, BigInt(Math.floor(Number(one.share) * 1000)))}, <PeriodText value={one.period} /></p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
