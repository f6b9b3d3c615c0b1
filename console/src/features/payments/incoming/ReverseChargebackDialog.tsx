/** Says that the money of a chargeback is here again. */
import { api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { Money } from "../../../ui/Value";
import { touches, type Chargeback, type Payment } from "./queries";

type Reversal = Body<"/v1/payments/{payment_id}/chargebacks/{chargeback_id}/reverse">;

export function ReverseChargebackDialog({ chargeback, payment, onClose }: { chargeback: Chargeback; payment: Payment; onClose: () => void }) {
  const { t } = useI18n();
  const hasFee = Number(chargeback.fee.amount) > 0;
  const reverse = useCommand({
    words: "chargeback_reverse", touches, subject: () => payment.id,
    send: (body: Reversal, headers) => api.POST("/v1/payments/{payment_id}/chargebacks/{chargeback_id}/reverse", { params: { path: { payment_id: payment.id, chargeback_id: chargeback.id } }, body, headers }),
  });
  return (
    <CommandDrawer title={t("one_payment.won")} verb={t("one_payment.won")} body="ChargebackReversalBody" given={{ "/fee_returned": { amount: "", currency: chargeback.fee.currency } }} wish={hasFee ? {} : { omit: ["fee_returned"] }} words="incoming_form" command={reverse} onSend={(body) => reverse.run(body as Reversal)} onClose={onClose}>
      {() => (
        <>
          <p className="small form-note">{t("one_payment.won_follows")} {t("payment.amount")}: <Money value={chargeback.amount} /></p>
          {hasFee && <p className="small form-note">{t("one_payment.fee_stays")} {t("one_payment.fee")}: <Money value={chargeback.fee} /></p>}
        </>
      )}
    </CommandDrawer>
  );
}
