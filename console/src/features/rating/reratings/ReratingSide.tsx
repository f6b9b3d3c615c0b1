/** Beside a rerating's page: what may be done, what it comes to, and what it was asked for. */
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { ActionButtons } from "../../../ui/command/ActionButtons";
import { Facts } from "../../../ui/Facts";
import { PlanName } from "../../../ui/Named";
import { Count, Instant, PeriodText } from "../../../ui/Value";
import { Sums } from "../correction/ResultsPager";
import { reratingActions } from "./actions";
import type { Rerating } from "./queries";

export function ReratingSide({ rerating }: { rerating: Rerating }) {
  const { t } = useI18n();
  return (
    <aside className="stack" aria-label={t("corrections.summary")}>
      <ActionButtons thing={rerating} actions={reratingActions} />
      <Card title={t(rerating.status === "completed" ? "rerating.changed" : "rerating.would_change")}>
        <Facts
          facts={[
            [t("rerating.accounts"), <Count key="accounts" value={rerating.accounts} />],
            [t("rerating.corrected"), <Count key="corrected" value={rerating.corrected} />],
            [t("rerating.unchanged"), <Count key="unchanged" value={rerating.unchanged} />],
            [t("rerating.not_computable"), <Count key="not" value={rerating.not_computable} />],
            [t("rerating.difference"), <Sums key="difference" totals={rerating.totals} />, "sum"],
          ]}
        />
      </Card>
      <Card title={t("rerating.facts")}>
        <Facts
          facts={[
            [t("rerating.plan"), <PlanName key="plan" id={rerating.plan_id} link />],
            [t("rerating.version"), <Count key="version" value={rerating.plan_version} />],
            [t("rerating.range"), <PeriodText key="range" value={{ start: rerating.start, end: rerating.end }} />],
            [t("rerating.customers"), rerating.account_ids === null ? t("rerating.everybody") : <Count key="customers" value={rerating.account_ids.length} />],
            [t("rerating.started_at"), <Instant key="started" value={rerating.started_at} />],
            rerating.started_by !== null && [t("corrections.by"), <span key="by" dir="ltr">{rerating.started_by}</span>],
            rerating.confirmed_at !== null && [t("corrections.confirmed_at"), <Instant key="confirmed" value={rerating.confirmed_at} />],
            rerating.confirmed_by !== null && [t("corrections.confirmed_by"), <span key="confirmer" dir="ltr">{rerating.confirmed_by}</span>],
          ]}
        />
      </Card>
    </aside>
  );
}
