/** Says that nobody waits for a promise any more. */
import { api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import { BillingDate, Money } from "../../../ui/Value";
import { touches, type PromiseToPay } from "./queries";

export function CancelPromiseDialog({ thing: of, onClose }: { thing: PromiseToPay; onClose: () => void }) {
  const { t } = useI18n();
  const cancel = useCommand({
    words: "promise_cancel", touches, subject: ({ id }: { id: string }) => id,
    send: ({ id }, headers) => api.POST("/v1/promises/{promise_id}/cancel", { params: { path: { promise_id: id } }, body: { reason: "" }, headers }),
  });
  return (
    <ConfirmCommand
      command={cancel} words="promise_cancel" verb={t("promise.cancel")} fields="promise"
      facts={[[t("promise.pay_by"), <BillingDate key="by" value={of.pay_by} />], [t("promise.amount"), <Money key="amount" value={of.amount} />, "sum"]]}
      onConfirm={() => cancel.run({ id: of.id }, of)} onClose={onClose}
    />
  );
}
