/** `/billing-runs/automatic`: which billing cycles are run by themselves, and when next. */
import { useMay } from "../../features/identity/session";
import { AutomaticRunsTable } from "../../features/invoicing/runs/automatic/AutomaticRunsTable";
import { RunTabs } from "../../features/invoicing/runs/RunTabs";
import { useI18n } from "../../lib/i18n";
import { PageTitle } from "../../ui/PageTitle";

export default function AutomaticRunsPage() {
  const { t } = useI18n();
  return (
    <div className="stack">
      <PageTitle of={t("automatic.title")} />
      <RunTabs current="automatic" />
      <h1>{t("automatic.title")}</h1>
      <p className="muted">{t("automatic.intro")}</p>
      <AutomaticRunsTable mayWrite={useMay("write")} />
    </div>
  );
}
