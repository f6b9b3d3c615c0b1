/** Beside a plan's page: what may be done with it, its facts, and what is probably not meant. */
import { Link } from "react-router";
import { useChosen } from "../../../lib/form/pickers";
import { useI18n, useLabel } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { ActionButtons } from "../../../ui/command/ActionButtons";
import { Facts } from "../../../ui/Facts";
import { Icon } from "../../../ui/Icon";
import { BillingDate, Count } from "../../../ui/Value";
import { planActions } from "./actions";
import { PlanSimulator } from "./PlanPrices";
import type { Plan, Version } from "./queries";

export function PlanSide({ plan, version }: { plan: Plan; version: Version }) {
  const { t } = useI18n();
  const label = useLabel();
  // By its own words: another service of the document has a `term` too.
  const term = version.term as { months: number; notice_days: number } | null;
  return (
    <aside className="stack" aria-label={t("plan.summary")}>
      <ActionButtons thing={plan} actions={planActions} />
      <Link className="button no-print" to={`/proof/what-if?plan=${encodeURIComponent(plan.id)}&version=${version.version}`}><Icon name="search" /> {t("plan.what_if")}</Link>
      {plan.warnings.map(({ pointer, detail }) => <p key={pointer} className="small"><Icon name="warning" size={14} /> {detail}</p>)}
      <PlanSimulator plan={plan} version={version} />
      <Card title={t("plan.facts")}>
        <Facts
          facts={[
            [t("plan.code"), <code key="code">{version.code}</code>],
            [t("plan.type"), label(`plan.type_${version.type}`, version.type)],
            [t("plan.currency"), plan.currency],
            [t("plan.active"), <Link key="active" to={`/services?plan_id=${encodeURIComponent(plan.id)}`}><Count value={plan.active_subscriptions} /></Link>],
            [t("plan.effective_from"), <BillingDate key="from" value={version.effective_from} />],
            plan.retired_on !== null && [t("plan.retired_on"), <BillingDate key="retired" value={plan.retired_on} />],
            version.service_id !== null && [t("plan.service"), <Called key="service" kind="service" id={version.service_id} to="/services/catalogue" />],
            version.bandwidth_profile_id !== null && [t("plan.bandwidth"), <Called key="bandwidth" kind="bandwidth_profile" id={version.bandwidth_profile_id} to={`/plans/bandwidth-profiles?q=${encodeURIComponent(version.bandwidth_profile_id)}`} />],
            version.prices_include_tax && [t("plan.prices"), t("plan.prices_gross")],
            version.tax_class !== null && [t("plan.tax_class"), version.tax_class],
            term !== null && [t("plan.term"), t("plan.months", { count: term.months })],
            version.add_on && [t("plan.add_on"), t("plan.yes")],
            version.cloned_from !== null && [t("plan.cloned_from"), version.cloned_from],
          ]}
        />
      </Card>
    </aside>
  );
}

/** By its name, as soon as that is known. */
function Called({ kind, id, to }: { kind: "service" | "bandwidth_profile"; id: string; to: string }) {
  const chosen = useChosen(kind, id);
  return <Link to={to} dir="auto">{chosen?.label ?? id}</Link>;
}
