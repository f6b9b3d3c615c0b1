/** Puts the differences of a rerating on the accounts; of many, their number must be typed. */
import { api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import { Count, PeriodText } from "../../../ui/Value";
import { Sums } from "../correction/ResultsPager";
import { readRerating, type Rerating } from "./queries";

/** From so many on a slip of the hand would be dear. */
const many = 20;

export default function ConfirmDialog({ thing: rerating, onClose }: { thing: Rerating; onClose: () => void }) {
  const { t } = useI18n();
  const confirm = useCommand({
    words: "rerating_confirm", touches: ["reratings", "customers"], subject: ({ id }: Rerating) => id, version: ({ version }) => version,
    send: ({ id }, headers) => api.POST("/v1/reratings/{rerating_id}/confirm", { params: { path: { rerating_id: id } }, headers }),
    reread: ({ id }) => readRerating(id),
  });
  return (
    <ConfirmCommand
      command={confirm} words="rerating_confirm" verb={t("rerating.confirm")} fields="rerating" {...(rerating.corrected >= many ? { typed: String(rerating.corrected) } : {})}
      facts={[
        [t("rerating.reason"), rerating.reason],
        [t("rerating.range"), <PeriodText key="range" value={{ start: rerating.start, end: rerating.end }} />],
        [t("rerating.accounts"), <Count key="accounts" value={rerating.accounts} />],
        [t("rerating.corrected"), <Count key="corrected" value={rerating.corrected} />],
        [t("rerating.difference"), <Sums key="difference" totals={rerating.totals} />, "sum"],
      ]}
      onConfirm={() => confirm.run(rerating, rerating)} onClose={onClose}
    />
  );
}
