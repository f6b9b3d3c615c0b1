/** How payments are handled: what pays what, what is given up, what is collected by itself and tried again when. */
import { lazy, Suspense, useState } from "react";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { Facts } from "../../../ui/Facts";
import { Icon } from "../../../ui/Icon";
import { PageTitle } from "../../../ui/PageTitle";
import { ErrorState, Skeleton } from "../../../ui/States";
import { Count, Instant, Money, Nothing } from "../../../ui/Value";
import { useSettings, type PaymentSettings } from "./queries";

const SettingsDialog = lazy(async () => ({ default: (await import("./SettingsDialog")).SettingsDialog }));

export function SettingsView({ mayChange }: { mayChange: boolean }) {
  const { t } = useI18n();
  const { data, error, refetch } = useSettings();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <PageTitle of={t("payment_settings.title")} />
      <div className="row">
        <h1 className="grow">{t("payment_settings.title")}</h1>
        {data && <button type="button" className="button primary no-print" disabled={!mayChange} title={mayChange ? undefined : t("state.forbidden")} onClick={() => setOpen(true)}><Icon name="draft" /> {t("payment_settings.change")}</button>}
      </div>
      {!data && (error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={6} height={40} />)}
      {data && <Allocation settings={data} />}
      {data && <Collecting settings={data} />}
      {data && isOpen && <Suspense fallback={null}><SettingsDialog thing={data} onClose={() => setOpen(false)} /></Suspense>}
    </>
  );
}

function Allocation({ settings: { allocation, tolerances, adjustment_limits, refund_limits, write_off_limits, top_ups, version, changed_at } }: { settings: PaymentSettings }) {
  const { t } = useI18n();
  const limits = Object.entries({ limit: adjustment_limits, refund: refund_limits, write_off: write_off_limits }).flatMap(([what, byRole]) =>
    Object.entries(byRole).map(([role, of]) => [t(`payment_settings.${what as "limit" | "refund" | "write_off"}_${role as "support" | "billing"}`), <Amounts key={`${what}-${role}`} of={of} />] as const),
  );
  const charged = Object.entries(top_ups);
  return (
    <Card title={t("payment_settings.allocation")}>
      <Facts
        facts={[
          [t("payment_settings.pays"), t(`payment_settings_form.allocation_${allocation}`)],
          [t("payment_settings.tolerances"), <Amounts key="tolerances" of={tolerances} />],
          ...limits,
          charged.length > 0 && [t("payment_settings.top_ups"), charged.map(([currency, { minimum, maximum }]) => <span key={currency} className="below">{minimum === null ? <Nothing /> : <Money value={{ amount: minimum, currency }} />} – {maximum === null ? <Nothing /> : <Money value={{ amount: maximum, currency }} />}</span>)],
          version > 0 && changed_at !== null && [t("payment_settings.changed_at"), <Instant key="changed" value={changed_at} />],
        ]}
      />
    </Card>
  );
}

function Collecting({ settings: { collect, retry_days, fallback, abandon_hours } }: { settings: PaymentSettings }) {
  const { t } = useI18n();
  const days = retry_days.length === 0 ? t("payment_settings.no_retries") : t("payment_settings.after_days", { days: retry_days.join(", ") });
  return (
    <Card title={t("payment_settings.collecting")}>
      <Facts
        facts={[
          [t("payment_settings.collect"), t(`payment_settings_form.collect_${collect}`)],
          [t("payment_settings.retry_days"), days],
          [t("payment_settings.fallback"), t(fallback ? "payment_settings.yes" : "payment_settings.no")],
          [t("payment_settings.abandon_hours"), <Count key="hours" value={abandon_hours} />],
        ]}
      />
    </Card>
  );
}

function Amounts({ of }: { of: Readonly<Record<string, string>> }) {
  const amounts = Object.entries(of);
  if (amounts.length === 0) return <Nothing />;
  return <>{amounts.map(([currency, amount]) => <span key={currency} className="below"><Money value={{ amount, currency }} /></span>)}</>;
}
