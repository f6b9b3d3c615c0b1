/** Beside an outage's page: what may be done, what it comes to, when it was and whom it hit. */
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { ActionButtons } from "../../../ui/command/ActionButtons";
import { Facts } from "../../../ui/Facts";
import { Count, Instant } from "../../../ui/Value";
import { Sums } from "../correction/ResultsPager";
import { outageActions } from "./actions";
import { lasted } from "../../../lib/lasted";
import type { Outage } from "./queries";
import { Whom } from "./Whom";

export function OutageSide({ outage }: { outage: Outage }) {
  const { t, locale } = useI18n();
  const { policy } = outage;
  const seconds = Math.round((Date.parse(outage.end) - Date.parse(outage.start)) / 1000);
  return (
    <aside className="stack" aria-label={t("corrections.summary")}>
      <ActionButtons thing={outage} actions={outageActions} />
      <Card title={t(outage.status === "completed" ? "outage.gave_back" : "outage.would_give")}>
        <Facts
          facts={[
            [t("outage.accounts"), <Count key="accounts" value={outage.accounts} />],
            [t("outage.credited"), <Count key="credited" value={outage.credited} />],
            [t("outage.not_credited"), <Count key="not" value={outage.not_credited} />],
            [t("outage.total"), <Sums key="total" totals={outage.totals} />, "sum"],
          ]}
        />
      </Card>
      <Card title={t("outage.facts")}>
        <Facts
          facts={[
            [t("outage.start"), <Instant key="start" value={outage.start} />],
            [t("outage.end"), <Instant key="end" value={outage.end} />],
            [t("outage.lasted"), <span key="lasted" className="number" dir="auto">{lasted(locale, seconds)}</span>],
            [t("outage.whom"), <Whom key="whom" outage={outage} />],
            [t("outage.policy"), policy.share === "percent" ? t("outage.policy_percent", { percent: policy.percent ?? "" }) : t("outage.policy_actual")],
            policy.minimum_minutes > 0 && [t("outage.minimum"), <span key="minimum" dir="auto">{lasted(locale, policy.minimum_minutes * 60)}</span>],
            [t("outage.recorded_at"), <Instant key="recorded" value={outage.recorded_at} />],
            outage.recorded_by !== null && [t("corrections.by"), <span key="by" dir="ltr">{outage.recorded_by}</span>],
            outage.confirmed_at !== null && [t("corrections.confirmed_at"), <Instant key="confirmed" value={outage.confirmed_at} />],
            outage.confirmed_by !== null && [t("corrections.confirmed_by"), <span key="confirmer" dir="ltr">{outage.confirmed_by}</span>],
          ]}
        />
      </Card>
    </aside>
  );
}
