/** Asks for the trail of a span as a file with a signed manifest, and shows how far it is. */
import { useRef, useState } from "react";
import { api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { JobDialog } from "../../../ui/job/JobDialog";

type Asked = Body<"/v1/audit-exports">;

export function AuditExport({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const [job, setJob] = useState<string | null>(null);
  // The form closes by itself once the job is there; the job is shown then.
  const begun = useRef(false);
  const create = useCommand({
    words: "audit_export", touches: ["jobs"], send: (body: Asked, headers) => api.POST("/v1/audit-exports", { body, headers }),
    onDone: (made: { id: string } | undefined) => {
      if (!made) return;
      begun.current = true;
      setJob(made.id);
    },
  });
  if (job) return <JobDialog id={job} onClose={onClose} />;
  return (
    <CommandDrawer title={t("audit_export.title")} verb={t("audit_export.verb")} body="NewAuditExport" words="audit_export_form" command={create} given={{}} onSend={(body) => create.run(body as Asked)} onClose={() => begun.current || onClose()}>
      {() => <p className="small form-note">{t("audit_export.note")}</p>}
    </CommandDrawer>
  );
}
