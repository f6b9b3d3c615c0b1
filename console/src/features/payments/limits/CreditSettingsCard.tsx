/** What holds for accounts without credit terms of their own: when they are told, what a session holds, who may become prepaid. */
import { lazy, Suspense, useState } from "react";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { Facts } from "../../../ui/Facts";
import { Icon } from "../../../ui/Icon";
import { ErrorState, Skeleton } from "../../../ui/States";
import { Count, Instant, Money, Nothing } from "../../../ui/Value";
import { useCreditSettings } from "./queries";

const CreditSettingsDialog = lazy(async () => ({ default: (await import("./CreditSettingsDialog")).CreditSettingsDialog }));

export function CreditSettingsCard({ mayChange }: { mayChange: boolean }) {
  const { t } = useI18n();
  const { data, error, refetch } = useCreditSettings();
  const [isOpen, setOpen] = useState(false);
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={3} height={40} />;
  const { alerts, earmarks, overdue_days_max, write_to_customers, version, changed_at } = data;
  return (
    <Card
      title={t("credit_settings.title")}
      aside={<button type="button" className="button no-print" disabled={!mayChange} title={mayChange ? undefined : t("state.forbidden")} onClick={() => setOpen(true)}><Icon name="draft" /> {t("credit_settings.change")}</button>}
    >
      <Facts
        facts={[
          [t("credit_settings.alerts"), <Amounts key="alerts" of={alerts} />],
          [t("credit_settings.earmarks"), <Amounts key="earmarks" of={earmarks} />],
          [t("credit_settings.overdue_days_max"), overdue_days_max === null ? t("credit_settings.anybody") : <Count key="days" value={overdue_days_max} />],
          [t("credit_settings.write_to_customers"), t(write_to_customers ? "payment_settings.yes" : "payment_settings.no")],
          version > 0 && changed_at !== null && [t("payment_settings.changed_at"), <Instant key="changed" value={changed_at} />],
        ]}
      />
      {isOpen && <Suspense fallback={null}><CreditSettingsDialog thing={data} onClose={() => setOpen(false)} /></Suspense>}
    </Card>
  );
}

function Amounts({ of }: { of: Readonly<Record<string, string | readonly string[]>> }) {
  const each = Object.entries(of).flatMap(([currency, amounts]) => [amounts].flat().map((amount) => ({ amount, currency })));
  if (each.length === 0) return <Nothing />;
  return <>{each.map((value) => <span key={`${value.currency} ${value.amount}`} className="below"><Money value={value} /></span>)}</>;
}
