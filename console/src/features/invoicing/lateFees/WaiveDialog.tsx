/** Lets a customer off a late fee that is not issued, for a reason. */
import { api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import { BillingDate, Money } from "../../../ui/Value";
import type { LateFee } from "./CustomerLateFees";

const reasons = ["goodwill", "paid_in_time", "our_mistake", "other"] as const;

export function WaiveDialog({ thing: fee, onClose }: { thing: LateFee; onClose: () => void }) {
  const { t } = useI18n();
  const waive = useCommand({
    words: "latefee_waive", touches: ["late-fees", "invoices"], subject: ({ id }: { id: string; reason: string }) => id,
    send: ({ id, reason }, headers) => api.POST("/v1/late-fees/{fee_id}/waive", { params: { path: { fee_id: id } }, body: { reason }, headers }),
  });
  return (
    <ConfirmCommand
      command={waive} words="latefee_waive" verb={t("latefee.waive")} fields="latefee" reasons={reasons} reasonWords="latefee_reason"
      facts={[[t("latefee.invoice"), fee.number], [t("latefee.charged_on"), <BillingDate key="on" value={fee.charged_on} />], [t("latefee.amount"), <Money key="amount" value={fee.amount} />, "sum"]]}
      onConfirm={(reason) => waive.run({ id: fee.id, reason: reason ?? "other" }, fee)} onClose={onClose}
    />
  );
}
