/** How money comes into a customer's wallet: top-ups, the rule that asks for them by itself, and vouchers. */
import { lazy, Suspense } from "react";
import { useI18n, useLabel } from "../../../lib/i18n";
import { useListState } from "../../../lib/listState";
import { Card } from "../../../ui/Card";
import { Facts } from "../../../ui/Facts";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { StatusTag } from "../../../ui/StatusTag";
import { Count, Instant, Money } from "../../../ui/Value";
import { useRule, useTopUps, type Rule, type TopUp } from "./queries";

const dialog = <Name extends keyof typeof import("./topUpDialogs")>(name: Name) => lazy(async () => ({ default: (await import("./topUpDialogs"))[name] }));
const TopUpDrawer = dialog("TopUpDrawer");
const RuleDrawer = dialog("RuleDrawer");
const TopUpLinkDrawer = lazy(async () => ({ default: (await import("./topUpLink")).TopUpLinkDrawer }));
const RedeemDrawer = dialog("RedeemDrawer");

export function TopUps({ id, currency, email = null, mayWrite }: { id: string; currency: string; email?: string | null; mayWrite: boolean }) {
  const { t } = useI18n();
  const list = useListState();
  const topUps = useTopUps(id);
  const rule = useRule(id);
  const open = mayWrite ? list.get("top_up") : null;
  const close = () => list.set({ top_up: null });
  const button = (what: string, label: string) => <button type="button" className="button" disabled={!mayWrite} title={mayWrite ? undefined : t("state.forbidden")} onClick={() => list.set({ top_up: what })}>{label}</button>;
  return (
    <div className="stack">
      <Card title={t("recharge.title")} flush aside={<div className="row wrap">{button("new", t("recharge.charge"))}{button("link", t("top_up_link.make"))}{button("voucher", t("redeem.redeem"))}</div>}>
        {topUps.data?.items.length === 0 && <EmptyState icon="tag" title={t("recharge.none")} />}
        {topUps.data && topUps.data.items.length > 0 && <Rows topUps={topUps.data.items} />}
        {!topUps.data && topUps.error && <ErrorState error={topUps.error} onRetry={() => void topUps.refetch()} />}
        {!topUps.data && !topUps.error && <div className="pad"><Skeleton lines={2} height={36} /></div>}
      </Card>
      <Card title={t("top_up_rule.title")} aside={button("rule", t("top_up_rule.set"))}>
        {rule.data === null && <p className="muted">{t("top_up_rule.none")}</p>}
        {rule.data && <Standing rule={rule.data} />}
        {rule.data === undefined && (rule.error ? <ErrorState error={rule.error} onRetry={() => void rule.refetch()} /> : <Skeleton lines={2} height={36} />)}
      </Card>
      <Suspense fallback={null}>
        {open === "new" && <TopUpDrawer id={id} currency={currency} onClose={close} />}
        {open === "link" && <TopUpLinkDrawer id={id} currency={currency} email={email} onClose={close} />}
        {open === "voucher" && <RedeemDrawer id={id} onClose={close} />}
        {open === "rule" && rule.data !== undefined && <RuleDrawer id={id} currency={currency} rule={rule.data} onClose={close} />}
      </Suspense>
    </div>
  );
}

function Rows({ topUps }: { topUps: readonly TopUp[] }) {
  const { t } = useI18n();
  return (
    <PlainTable label={t("recharge.title")}>
      <thead><tr><th scope="col">{t("recharge.asked_at")}</th><th scope="col">{t("recharge.status")}</th><th scope="col" className="end">{t("recharge.amount")}</th></tr></thead>
      <tbody>
        {topUps.map((topUp) => (
          <tr key={topUp.id}>
            <th scope="row"><Instant value={topUp.asked_at} />{topUp.automatic && <span className="small muted below">{t("recharge.automatic")}</span>}</th>
            <td><StatusTag kind="top_up" status={topUp.status} />{topUp.code && <span className="small muted below" dir="ltr">{topUp.code}</span>}</td>
            <td className="end"><Money value={topUp.amount} /></td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}

function Standing({ rule }: { rule: Rule }) {
  const { t } = useI18n();
  const label = useLabel();
  return (
    <Facts
      facts={[
        [t("top_up_rule.state"), <StatusTag key="state" kind="top_up_rule" status={rule.state} />],
        rule.off_reason !== "" && [t("top_up_rule.off_reason"), label(`top_up_rule.off_${rule.off_reason}`, rule.off_reason)],
        rule.retry_at !== null && [t("top_up_rule.retry_at"), <Instant key="retry" value={rule.retry_at} />],
        [t("recharge_form.threshold"), <Money key="threshold" value={rule.threshold} />],
        [t("recharge_form.amount"), <Money key="amount" value={rule.amount} />, "sum"],
        [t("recharge_form.monthly_count"), <Count key="count" value={rule.monthly_count} />],
        [t("recharge_form.monthly_amount"), <Money key="most" value={rule.monthly_amount} />],
      ]}
    />
  );
}
