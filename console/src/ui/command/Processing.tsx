/** "Processing" beside what a command is on its way for; nothing otherwise. `<Processing subject={invoice.id} />` */
import { useI18n } from "../../lib/i18n";
import { useIsProcessing } from "../../lib/processing";
import { Icon } from "../Icon";
import "./command.css";

export function Processing({ subject }: { subject: string }) {
  const { t } = useI18n();
  const isProcessing = useIsProcessing(subject);
  return isProcessing ? <span className="processing" role="status"><Icon name="clock" size={14} /> {t("command.processing")}</span> : null;
}
