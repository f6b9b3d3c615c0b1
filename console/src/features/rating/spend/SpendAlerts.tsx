/** A customer's spend alerts and caps: the threshold of each, what it does, and when it was reached last. */
import { lazy, Suspense, useState } from "react";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import type { Actions } from "../../../ui/command/actions";
import { Processing } from "../../../ui/command/Processing";
import { Icon } from "../../../ui/Icon";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { Instant, Money, PeriodText } from "../../../ui/Value";
import { useSpendAlerts, type SpendAlert } from "./queries";

const AlertDrawer = lazy(() => import("./AlertDrawer"));

const actions: Actions<SpendAlert> = {
  links: [],
  commands: {
    update: { icon: "draft", label: "alert.edit", Dialog: lazy(async () => ({ default: (await import("./ChangeDialog")).ChangeDialog })) },
    delete: { icon: "void", label: "alert.delete", Dialog: lazy(() => import("./DeleteDialog")) },
  },
};

export function SpendAlerts({ accountId, currency, maySet }: { accountId: string; currency: string; maySet: boolean }) {
  const { t } = useI18n();
  const { data, error, refetch } = useSpendAlerts(accountId);
  const [isSetting, setSetting] = useState(false);
  return (
    <Card
      title={t("alerts.title")} flush
      aside={<button type="button" className="button" disabled={!maySet} title={maySet ? undefined : t("state.forbidden")} onClick={() => setSetting(true)}>{t("alerts.set")}</button>}
    >
      {data?.items.length === 0 && <EmptyState icon="info" title={t("alerts.none")} />}
      {data && data.items.length > 0 && <Rows alerts={data.items} maySet={maySet} />}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <div className="pad"><Skeleton lines={3} height={36} /></div>}
      {isSetting && <Suspense fallback={null}><AlertDrawer accountId={accountId} currency={currency} onClose={() => setSetting(false)} /></Suspense>}
    </Card>
  );
}

function Rows({ alerts, maySet }: { alerts: readonly SpendAlert[]; maySet: boolean }) {
  const { t } = useI18n();
  return (
    <PlainTable label={t("alerts.title")}>
      <thead>
        <tr>
          <th scope="col" className="end">{t("alert.threshold")}</th>
          <th scope="col">{t("alert.action")}</th>
          <th scope="col" className="wide-only">{t("alert.reached")}</th>
          <th scope="col"><span className="visually-hidden">{t("list.actions")}</span></th>
        </tr>
      </thead>
      <tbody>
        {alerts.map((alert) => (
          <tr key={alert.id}>
            <th scope="row" className="end"><Money value={alert.threshold} /> <Processing subject={alert.id} /></th>
            <td>{t(`alert.action_${alert.action}`)}<span className="narrow-only"><span className="small muted below">{t("alert.reached")}</span><Reached alert={alert} /></span></td>
            <td className="wide-only"><Reached alert={alert} /></td>
            <td className="end">{maySet && <ActionMenu thing={alert} actions={actions} label={t("alert.actions", { amount: `${alert.threshold.amount} ${alert.threshold.currency}` })} />}</td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}

function Reached({ alert: { reached } }: { alert: SpendAlert }) {
  const { t } = useI18n();
  if (reached === null) return <span className="muted">{t("alert.not_reached")}</span>;
  return (
    <>
      <span className="status warning"><Icon name="warning" size={14} /> <Money value={reached.amount} /></span>
      <span className="small muted below"><Instant value={reached.at} />, <PeriodText value={reached.period} /></span>
    </>
  );
}
