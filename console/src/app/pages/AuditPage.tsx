/** `/usage/events`: the audit trail of billing events. */
import { AuditList } from "../../features/usage/audit/AuditList";
import { UsageTabs } from "../../features/usage/UsageTabs";
import { useI18n } from "../../lib/i18n";
import { PageTitle } from "../../ui/PageTitle";
import "../../ui/table/DataTable.css";

export default function AuditPage() {
  const { t } = useI18n();
  return (
    <div className="stack">
      <UsageTabs current="events" />
      <PageTitle of={t("events.title")} />
      <h1>{t("events.title")}</h1>
      <AuditList />
    </div>
  );
}
