/** `/usage/events`: the audit trail of billing events. */
import { useSession } from "../../features/identity/session";
import { AuditExport } from "../../features/usage/audit/AuditExport";
import { AuditList } from "../../features/usage/audit/AuditList";
import { UsageTabs } from "../../features/usage/UsageTabs";
import { useI18n } from "../../lib/i18n";
import { PageTitle } from "../../ui/PageTitle";
import "../../ui/table/DataTable.css";

export default function AuditPage() {
  const { t } = useI18n();
  const role = useSession().data?.role;
  return (
    <div className="stack">
      <UsageTabs current="events" />
      <PageTitle of={t("events.title")} />
      <div className="row"><h1>{t("events.title")}</h1>{(role === "admin" || role === "auditor") && <AuditExport />}</div>
      <AuditList />
    </div>
  );
}
