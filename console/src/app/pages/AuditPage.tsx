/** `/usage/events`: the audit trail of billing events. */
import { lazy, Suspense, useState } from "react";
import { useSession } from "../../features/identity/session";
import { AuditList } from "../../features/usage/audit/AuditList";
import { UsageTabs } from "../../features/usage/UsageTabs";
import { useI18n } from "../../lib/i18n";
import { Icon } from "../../ui/Icon";
import { PageTitle } from "../../ui/PageTitle";
import "../../ui/table/DataTable.css";

// The form comes when it is asked for.
const AuditExport = lazy(async () => ({ default: (await import("../../features/usage/audit/AuditExport")).AuditExport }));

export default function AuditPage() {
  const { t } = useI18n();
  const [isExporting, setExporting] = useState(false);
  const role = useSession().data?.role;
  return (
    <div className="stack">
      <UsageTabs current="events" />
      <PageTitle of={t("events.title")} />
      <div className="row"><h1>{t("events.title")}</h1>{(role === "admin" || role === "auditor") && <button type="button" className="button no-print" onClick={() => setExporting(true)}><Icon name="down" /> {t("audit_export.title")}</button>}</div>
      {isExporting && <Suspense fallback={null}><AuditExport onClose={() => setExporting(false)} /></Suspense>}
      <AuditList />
    </div>
  );
}
