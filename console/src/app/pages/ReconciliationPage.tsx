/** `/usage/reconciliation`: where every usage record has gone, and whether nothing is lost or counted twice. */
import { Reconciliation } from "../../features/usage/reconciliation/Reconciliation";
import { UsageTabs } from "../../features/usage/UsageTabs";
import { useI18n } from "../../lib/i18n";
import { PageTitle } from "../../ui/PageTitle";

export default function ReconciliationPage() {
  const { t } = useI18n();
  return (
    <div className="stack">
      <PageTitle of={t("reconciliation.title")} />
      <UsageTabs current="reconciliation" />
      <h1>{t("reconciliation.title")}</h1>
      <p className="muted">{t("reconciliation.intro")}</p>
      <Reconciliation />
    </div>
  );
}
