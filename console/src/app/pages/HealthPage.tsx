/** `/health`: whether every service does its work, seen from outside of it. */
import { SystemHealth } from "../../features/reporting/system/SystemHealth";
import { SystemTabs } from "../../features/reporting/system/SystemTabs";
import { useI18n } from "../../lib/i18n";
import { PageTitle } from "../../ui/PageTitle";

export default function HealthPage() {
  const { t } = useI18n();
  return (
    <div className="stack">
      <PageTitle of={t("nav.health")} />
      <SystemTabs current="health" />
      <h1>{t("nav.health")}</h1>
      <SystemHealth />
    </div>
  );
}
