/** Asks for the trail of a span as a file with a signed manifest, and shows how far it is. */
import { useState } from "react";
import { api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { Icon } from "../../../ui/Icon";
import { JobDialog } from "../../../ui/job/JobDialog";

type Asked = Body<"/v1/audit-exports">;

export function AuditExport() {
  const { t } = useI18n();
  const [asking, setAsking] = useState(false);
  const [job, setJob] = useState<string | null>(null);
  const create = useCommand({
    words: "audit_export", touches: ["jobs"], send: (body: Asked, headers) => api.POST("/v1/audit-exports", { body, headers }),
    onDone: (made: { id: string } | undefined) => {
      if (made) setJob(made.id);
      setAsking(false);
    },
  });
  return (
    <>
      <button type="button" className="button no-print" onClick={() => setAsking(true)}><Icon name="down" /> {t("audit_export.title")}</button>
      {asking && (
        <CommandDrawer title={t("audit_export.title")} verb={t("audit_export.verb")} body="NewAuditExport" words="audit_export_form" command={create} given={{}} onSend={(body) => create.run(body as Asked)} onClose={() => setAsking(false)}>
          {() => <p className="small form-note">{t("audit_export.note")}</p>}
        </CommandDrawer>
      )}
      {job && <JobDialog id={job} onClose={() => setJob(null)} />}
    </>
  );
}
