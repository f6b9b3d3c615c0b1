/** A job in a dialog of its own. Closing it leaves the job alone: the server goes on. */
import { useI18n } from "../../lib/i18n";
import { Dialog } from "../Dialog";
import { JobProgress } from "./JobProgress";

export function JobDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useI18n();
  return (
    <Dialog title={t("job.title")} onClose={onClose} footer={<button type="button" className="button" onClick={onClose}>{t("action.close")}</button>}>
      <JobProgress id={id} />
    </Dialog>
  );
}
