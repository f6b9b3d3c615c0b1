/** How a customer pays, what is available, what that is made of, and what was told of it. */
import { lazy, Suspense, useState } from "react";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { Processing } from "../../../ui/command/Processing";
import { Facts } from "../../../ui/Facts";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { StatusTag } from "../../../ui/StatusTag";
import { Instant, Money, Nothing } from "../../../ui/Value";
import { useCreditAlerts, useExposure, type AccountExposure, type CreditAlert } from "./queries";

const TermsDialog = lazy(async () => ({ default: (await import("./dialogs")).TermsDialog }));
const ModeDialog = lazy(async () => ({ default: (await import("./ModeDialog")).ModeDialog }));

export function CustomerLimits({ id, mayWrite }: { id: string; mayWrite: boolean }) {
  const { t } = useI18n();
  const { data, error, refetch } = useExposure(id);
  const [asked, ask] = useState<"terms" | "mode" | null>(null);
  if (!data && error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton lines={8} height={36} />;
  const button = (what: "terms" | "mode", says: string) => <button type="button" className="button" disabled={!mayWrite} title={mayWrite ? undefined : t("state.forbidden")} onClick={() => ask(what)}>{says}</button>;
  return (
    <div className="stack">
      <Card title={t("limits.title")} aside={<span className="row wrap"><Processing subject={id} />{button("terms", t("limits.change"))}{button("mode", t(data.mode === "prepaid" ? "limits.to_postpaid" : "limits.to_prepaid"))}</span>}>
        <Standing of={data} />
      </Card>
      <Alerts id={id} />
      {asked && (
        <Suspense fallback={null}>
          {asked === "terms" ? <TermsDialog thing={data} onClose={() => ask(null)} /> : <ModeDialog thing={data} onClose={() => ask(null)} />}
        </Suspense>
      )}
    </div>
  );
}

function Standing({ of }: { of: AccountExposure }) {
  const { t } = useI18n();
  const { mode, terms } = of;
  return (
    <Facts
      facts={[
        [t("limits.mode"), t(`limits.mode_${mode}`)],
        of.billed_by !== null && [t("limits.billed_by"), <span key="by" dir="ltr">{of.billed_by}</span>],
        [t("limits.standing"), <span key="standing" className="row wrap"><StatusTag kind="standing" status={of.standing} />{of.restricted && <StatusTag kind="access" status="blocked" />}</span>],
        [t("limits.credit"), <Money key="credit" value={of.credit} />],
        [t("limits.owed"), <Money key="owed" value={of.owed} />],
        [t("limits.unbilled"), of.unbilled === null ? <span key="unbilled" className="muted">{t("limits.not_followed")}</span> : <Money key="unbilled" value={of.unbilled} />],
        of.paid_for !== null && Number(of.paid_for.amount) !== 0 && [t("limits.paid_for"), <Money key="paid_for" value={of.paid_for} />],
        mode === "prepaid" && [t("limits.earmarked", { count: of.sessions }), <Money key="earmarked" value={of.earmarked} />],
        [t("limits.exposure"), <Money key="exposure" value={of.exposure} />],
        mode === "postpaid" && [t("limits.credit_limit"), terms.credit_limit === null ? <span key="limit" className="muted">{t("limits.no_limit")}</span> : <Money key="limit" value={terms.credit_limit} />],
        [t("limits.at_limit"), t(`limits.at_limit_${terms.at_limit}`)],
        [t("limits.alerts_at"), terms.alerts.length === 0 ? <Nothing key="alerts" /> : <span key="alerts" className="row wrap">{terms.alerts.map((at) => <Money key={at.amount} value={at} />)}</span>],
        of.available !== null && [t("limits.available"), <Money key="available" value={of.available} />, "sum"],
      ]}
    />
  );
}

function Alerts({ id }: { id: string }) {
  const { t } = useI18n();
  const { data, error, refetch } = useCreditAlerts(id);
  return (
    <Card title={t("limits.told")} flush>
      {data?.items.length === 0 && <EmptyState icon="checkCircle" title={t("limits.nothing_told")} />}
      {data && data.items.length > 0 && <Told alerts={data.items} />}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <div className="pad"><Skeleton lines={3} height={36} /></div>}
    </Card>
  );
}

function Told({ alerts }: { alerts: readonly CreditAlert[] }) {
  const { t } = useI18n();
  return (
    <PlainTable label={t("limits.told")} className="stacked">
      <thead><tr><th scope="col">{t("limits.at")}</th><th scope="col">{t("limits.what")}</th><th scope="col" className="end">{t("limits.available")}</th><th scope="col" className="end">{t("limits.threshold")}</th></tr></thead>
      <tbody>
        {alerts.map((alert) => (
          <tr key={`${alert.recorded_at} ${alert.kind}`}>
            <th scope="row"><Instant value={alert.recorded_at} /></th>
            <td data-label={t("limits.what")}>{t(`limits.kind_${alert.kind}`)}</td>
            <td className="end" data-label={t("limits.available")}><Money value={alert.available} /></td>
            <td className="end" data-label={t("limits.threshold")}>{alert.threshold === null ? <Nothing /> : <Money value={alert.threshold} />}</td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}
