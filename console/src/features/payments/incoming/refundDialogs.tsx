/** What a person says of a refund: that the bank has it, that it is paid, that the customer does not get it. */
import { api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { Money } from "../../../ui/Value";
import { touches, type Refund } from "./queries";

interface Props {
  thing: Refund;
  onClose: () => void;
}

const path = (refund_id: string) => ({ path: { refund_id } });

export function SendRefundDialog({ thing, onClose }: Props) {
  const { t } = useI18n();
  const send = useCommand({ words: "refund_send", touches, subject: (id: string) => id, send: (id: string, headers) => api.POST("/v1/refunds/{refund_id}/send", { params: path(id), headers }) });
  return <ConfirmCommand command={send} words="refund_send" verb={t("refund.send")} fields="refund" facts={[[t("payment.amount"), <Money key="amount" value={thing.amount} />], [t("incoming.reference"), <code key="reference">{thing.transfer_reference ?? thing.id}</code>]]} onConfirm={() => send.run(thing.id)} onClose={onClose} />;
}

type Confirmation = Body<"/v1/refunds/{refund_id}/confirm">;

export function ConfirmRefundDialog({ thing, onClose }: Props) {
  const { t } = useI18n();
  const confirm = useCommand({ words: "refund_confirm", touches, subject: () => thing.id, send: (body: Confirmation, headers) => api.POST("/v1/refunds/{refund_id}/confirm", { params: path(thing.id), body, headers }) });
  return (
    <CommandDrawer title={t("refund.confirm")} verb={t("refund.confirm")} body="RefundConfirmBody" words="incoming_form" command={confirm} onSend={(body) => confirm.run(body as Confirmation)} onClose={onClose}>
      {() => <p className="small form-note">{t("payment.amount")}: <Money value={thing.amount} /></p>}
    </CommandDrawer>
  );
}

type Failure = Body<"/v1/refunds/{refund_id}/fail">;

export function FailRefundDialog({ thing, onClose }: Props) {
  const { t } = useI18n();
  const fail = useCommand({ words: "refund_fail", touches, subject: () => thing.id, send: (body: Failure, headers) => api.POST("/v1/refunds/{refund_id}/fail", { params: path(thing.id), body, headers }) });
  return (
    <CommandDrawer title={t("refund.fail")} verb={t("refund.fail")} body="RefundFailBody" words="incoming_form" command={fail} onSend={(body) => fail.run(body as Failure)} onClose={onClose}>
      {() => <p className="small form-note">{t("refund.fail_follows")} {t("payment.amount")}: <Money value={thing.amount} /></p>}
    </CommandDrawer>
  );
}
