/** `/proof/conservation`: that every usage record counts in exactly one place. */
import { SystemTabs } from "../../features/reporting/system/SystemTabs";
import { Reconciliation } from "../../features/usage/reconciliation/Reconciliation";
import { useI18n } from "../../lib/i18n";
import { PageTitle } from "../../ui/PageTitle";

export default function ConservationPage() {
  const { t } = useI18n();
  return (
    <div className="stack">
      <PageTitle of={t("system.conservation")} />
      <SystemTabs current="conservation" />
      <h1>{t("system.conservation")}</h1>
      <p className="muted">{t("reconciliation.intro")}</p>
      <Reconciliation />
    </div>
  );
}
