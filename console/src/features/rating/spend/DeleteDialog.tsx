/** Takes a spend alert away. */
import { api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import { Money } from "../../../ui/Value";
import type { SpendAlert } from "./queries";

export default function DeleteDialog({ thing: alert, onClose }: { thing: SpendAlert; onClose: () => void }) {
  const { t } = useI18n();
  const remove = useCommand({
    words: "alert_delete", touches: ["customers"], subject: (id: string) => id,
    send: (id: string, headers) => api.DELETE("/v1/spend-alerts/{alert_id}", { params: { path: { alert_id: id } }, headers }),
  });
  return (
    <ConfirmCommand
      command={remove} words="alert_delete" verb={t("alert.delete")} fields="alert"
      facts={[[t("alert.threshold"), <Money key="threshold" value={alert.threshold} />], [t("alert.action"), t(`alert.action_${alert.action}`)]]}
      onConfirm={() => remove.run(alert.id)} onClose={onClose}
    />
  );
}
