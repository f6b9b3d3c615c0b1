/** Puts the credits of an outage on the accounts; of many, their number must be typed. */
import { api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import { Count } from "../../../ui/Value";
import { Sums } from "../correction/ResultsPager";
import { readOutage, type Outage } from "./queries";

/** From so many on a slip of the hand would be dear. */
const many = 20;

export default function ConfirmDialog({ thing: outage, onClose }: { thing: Outage; onClose: () => void }) {
  const { t } = useI18n();
  const confirm = useCommand({
    words: "outage_confirm", touches: ["outages", "customers"], subject: ({ id }: Outage) => id, version: ({ version }) => version,
    send: ({ id }, headers) => api.POST("/v1/outages/{outage_id}/confirm", { params: { path: { outage_id: id } }, headers }),
    reread: ({ id }) => readOutage(id),
  });
  return (
    <ConfirmCommand
      command={confirm} words="outage_confirm" verb={t("outage.confirm")} fields="outage" {...(outage.credited >= many ? { typed: String(outage.credited) } : {})}
      facts={[
        [t("outage.reason"), outage.reason],
        [t("outage.accounts"), <Count key="accounts" value={outage.accounts} />],
        [t("outage.credited"), <Count key="credited" value={outage.credited} />],
        [t("outage.total"), <Sums key="total" totals={outage.totals} />, "sum"],
      ]}
      onConfirm={() => confirm.run(outage, outage)} onClose={onClose}
    />
  );
}
