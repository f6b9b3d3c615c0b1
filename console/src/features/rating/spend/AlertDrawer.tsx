/**
 * Sets a spend alert, or sets another in the place of one: the API has no change of an alert, so the new one is there
 * before the old one goes.
 */
import { api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand, type CommandHeaders } from "../../../lib/useCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import type { SpendAlert } from "./queries";

interface Props {
  accountId: string;
  currency: string;
  /** The one that is replaced. */
  alert?: SpendAlert;
  onClose: () => void;
}

export default function AlertDrawer({ accountId, currency, alert, onClose }: Props) {
  const { t } = useI18n();
  const set = useCommand({
    words: "alert_set", touches: ["customers"], subject: () => alert?.id ?? accountId,
    send: (body: Body<"/v1/spend-alerts">, headers) => (alert ? replace(alert.id, body, headers) : api.POST("/v1/spend-alerts", { body, headers })),
  });
  return (
    <CommandDrawer
      title={t(alert ? "alert.edit" : "alerts.set")} verb={t(alert ? "alert.save" : "alerts.set")} body="SpendAlertBody" wish={{ only: ["threshold", "action"] }} words="alert_form" command={set}
      given={alert ? { threshold: alert.threshold, action: alert.action } : { threshold: { amount: "", currency } }}
      onSend={(body) => set.run({ ...body, account_id: accountId } as Body<"/v1/spend-alerts">)} onClose={onClose}
    >
      {() => <p className="small form-note">{t("alert_form.note")}</p>}
    </CommandDrawer>
  );
}

async function replace(id: string, body: Body<"/v1/spend-alerts">, headers: CommandHeaders) {
  const made = await api.POST("/v1/spend-alerts", { body, headers });
  // One that is still on its way may yet be refused: until then the old one stays, and both are shown.
  if (made.response.status !== 201) return made;
  const gone = await api.DELETE("/v1/spend-alerts/{alert_id}", { params: { path: { alert_id: id } }, headers: { "Idempotency-Key": `${headers["Idempotency-Key"]}-old` } });
  return gone.response.ok || gone.response.status === 404 ? made : { response: gone.response, error: gone.error as unknown };
}
