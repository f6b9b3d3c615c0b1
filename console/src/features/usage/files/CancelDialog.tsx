/** Stops taking a file; what is in the log of it stays. */
import { api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import { Count } from "../../../ui/Value";
import type { UsageFile } from "./queries";

export default function CancelDialog({ thing: file, onClose }: { thing: UsageFile; onClose: () => void }) {
  const { t } = useI18n();
  const cancel = useCommand({
    words: "file_cancel", touches: ["files", "jobs"], subject: (job_id: string) => job_id,
    send: (job_id: string) => api.POST("/v1/jobs/{job_id}/cancel", { params: { path: { job_id } } }),
  });
  return (
    <ConfirmCommand
      command={cancel} words="file_cancel" verb={t("file.cancel")} fields="file" facts={[[t("file.name"), file.name || file.id], [t("file.taken"), <Count key="taken" value={file.done} />]]}
      onConfirm={() => cancel.run(file.id)} onClose={onClose}
    />
  );
}
