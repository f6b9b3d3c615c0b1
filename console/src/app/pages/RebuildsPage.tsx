/** `/proof/rebuilds`: that the tables say what the log says. */
import { Rebuilds } from "../../features/reporting/system/Rebuilds";
import { SystemTabs } from "../../features/reporting/system/SystemTabs";
import { useI18n } from "../../lib/i18n";
import { PageTitle } from "../../ui/PageTitle";

export default function RebuildsPage() {
  const { t } = useI18n();
  return (
    <div className="stack">
      <PageTitle of={t("system.rebuilds")} />
      <SystemTabs current="rebuilds" />
      <h1>{t("system.rebuilds")}</h1>
      <p className="muted">{t("system.rebuilds_intro")}</p>
      <Rebuilds />
    </div>
  );
}
