/** Sets a spend alert of a customer. */
import { api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";

interface Props {
  accountId: string;
  currency: string;
  onClose: () => void;
}

export default function AlertDrawer({ accountId, currency, onClose }: Props) {
  const { t } = useI18n();
  const set = useCommand({
    words: "alert_set", touches: ["customers"], subject: () => accountId,
    send: (body: Body<"/v1/spend-alerts">, headers) => api.POST("/v1/spend-alerts", { body, headers }),
  });
  return (
    <CommandDrawer
      title={t("alerts.set")} verb={t("alerts.set")} body="SpendAlertBody" wish={{ only: ["threshold", "action"] }} words="alert_form" command={set}
      given={{ threshold: { amount: "", currency } }}
      onSend={(body) => set.run({ ...body, account_id: accountId } as Body<"/v1/spend-alerts">)} onClose={onClose}
    >
      {() => <p className="small form-note">{t("alert_form.note")}</p>}
    </CommandDrawer>
  );
}
