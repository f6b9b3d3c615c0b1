/** A case on its page: what comes, what happened, and beside it what may be done and how it stands. */
import { useI18n, useLabel } from "../../../lib/i18n";
import { formatMoney } from "../../../lib/money";
import { formatDate } from "../../../lib/time";
import { Card } from "../../../ui/Card";
import { ActionButtons } from "../../../ui/command/ActionButtons";
import { Facts } from "../../../ui/Facts";
import { CustomerName } from "../../../ui/Named";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState } from "../../../ui/States";
import { StatusTag } from "../../../ui/StatusTag";
import { BillingDate, Instant, Money } from "../../../ui/Value";
import { caseActions } from "./actions";
import type { CaseDetail, ComingStep } from "./queries";

export function CaseMain({ one }: { one: CaseDetail }) {
  const { t } = useI18n();
  return (
    <div className="stack">
      <Card title={t("dunning.coming")} flush><Coming steps={one.coming} /></Card>
      <Card title={t("dunning.history")} flush><History one={one} /></Card>
    </div>
  );
}

export function Coming({ steps }: { steps: readonly ComingStep[] }) {
  const { t } = useI18n();
  if (steps.length === 0) return <EmptyState icon="clock" title={t("dunning.nothing_comes")} />;
  return (
    <PlainTable label={t("dunning.coming")}>
      <thead><tr><th scope="col">{t("dunning.step")}</th><th scope="col">{t("dunning.on")}</th><th scope="col">{t("dunning.access")}</th><th scope="col" className="end">{t("dunning.fee")}</th></tr></thead>
      <tbody>
        {steps.map((step) => (
          <tr key={`${step.on} ${step.step}`}>
            <th scope="row"><span dir="auto">{step.name}</span>{step.terminate && <span className="small muted below">{t("dunningstep.terminate")}</span>}</th>
            <td><BillingDate value={step.on} /></td>
            <td><StatusTag kind="access" status={step.access} /></td>
            <td className="end"><Money value={step.fee} /></td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}

function History({ one: { history, overdue } }: { one: CaseDetail }) {
  const { t } = useI18n();
  const label = useLabel();
  const said = useSaid(overdue.currency);
  return (
    <PlainTable label={t("dunning.history")}>
      <thead><tr><th scope="col">{t("dunning.what")}</th><th scope="col">{t("dunning.at")}</th><th scope="col" className="wide-only">{t("dunning.by")}</th></tr></thead>
      <tbody>
        {history.map((event, at) => (
          <tr key={at}>
            <th scope="row">{label(`dunning_event.${event.kind.toLowerCase()}`, event.kind)}<span className="small muted below" dir="auto">{said(event.detail)}</span></th>
            <td><Instant value={event.recorded_at} /></td>
            <td className="wide-only" dir="ltr">{event.actor}</td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}

/** What an event says beside its kind: the step's name, a reason, what was owed, what was left out. */
function useSaid(currency: string): (detail: Readonly<Record<string, unknown>>) => string {
  const { locale } = useI18n();
  const label = useLabel();
  return ({ name, reason, restriction, until, overdue, left }) => {
    const access = (restriction as { access?: string } | null | undefined)?.access;
    const lines = Array.isArray(left) ? left.map((line: { subscription_id: string; reason: string }) => `${line.subscription_id}: ${line.reason}`) : [];
    const parts = [
      name, reason, access && label(`status.access.${access}`, access), typeof until === "string" && formatDate(locale, until.slice(0, 10)),
      typeof overdue === "string" && formatMoney(locale, { amount: overdue, currency }), ...lines,
    ];
    return parts.filter((part) => typeof part === "string" && part !== "").join(" · ");
  };
}

export function CaseSide({ one }: { one: CaseDetail }) {
  const { t } = useI18n();
  const label = useLabel();
  return (
    <aside className="stack" aria-label={t("dunning.summary")}>
      <ActionButtons thing={one} actions={caseActions} />
      <Card title={t("dunning.summary")}>
        <Facts
          facts={[
            [t("dunning.account"), <CustomerName key="account" id={one.account_id} link />],
            [t("dunning.overdue"), <Money key="overdue" value={one.overdue} />, "sum"],
            [t("dunning.since"), <BillingDate key="since" value={one.since} />],
            [t("dunning.days_overdue"), String(one.days_overdue)],
            [t("dunning.step"), one.step_name ?? t("dunning.no_step")],
            [t("dunning.access"), <StatusTag key="access" kind="access" status={one.access} />],
            one.next_step_name !== null && [t("dunning.next_step"), one.next_step_name],
            one.look_on !== null && [t("dunning.look_on"), <BillingDate key="look" value={one.look_on} />],
            one.promise !== null && [t("promise.pay_by"), <BillingDate key="promise" value={one.promise.pay_by} />],
            one.paused_until !== null && [t("dunning.paused_until"), <BillingDate key="until" value={one.paused_until} />],
            one.pause_reason !== null && [t("dunning.pause_reason"), <span key="why" dir="auto">{one.pause_reason}</span>],
            one.collection_on !== null && [t("dunning.collection_on"), <BillingDate key="agency" value={one.collection_on} />],
            one.cleared_on !== null && [t("dunning.cleared_on"), <BillingDate key="cleared" value={one.cleared_on} />],
            one.cleared_for !== null && [t("dunning.cleared_for"), label(`dunning_cleared.${one.cleared_for}`, one.cleared_for)],
            [t("dunning.policy"), `${one.policy_id} ${one.policy_version}`],
          ]}
        />
      </Card>
    </aside>
  );
}
