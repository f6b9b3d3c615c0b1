/** Counts all of a retraction again. */
import { api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import { Count, Instant } from "../../../ui/Value";
import { Reason } from "../Reason";
import { toPutBack } from "./actions";
import { touches, type Retraction } from "./queries";
import { WhatWasTaken } from "./WhatWasTaken";

const many = 100;

export default function PutBackDialog({ thing: retraction, onClose }: { thing: Retraction; onClose: () => void }) {
  const { t } = useI18n();
  const count = toPutBack(retraction);
  const putBack = useCommand({
    words: "put_back", touches, subject: (retraction_id: string) => retraction_id,
    send: (retraction_id: string, headers) => api.POST("/v1/usage/retractions/{retraction_id}/restore", { params: { path: { retraction_id } }, body: {}, headers }),
  });
  return (
    <ConfirmCommand
      command={putBack} words="put_back" verb={t("retraction.put_back")} fields="retraction" {...(count > many ? { typed: String(count) } : {})}
      facts={[
        [t("retraction.what"), <WhatWasTaken key="what" retraction={retraction} />],
        [t("retraction.reason"), <Reason key="reason" reason={retraction.reason} detail={null} />],
        [t("retraction.created_at"), <Instant key="at" value={retraction.created_at} />],
        [t("retraction.to_put_back"), <Count key="count" value={count} />, "sum"],
      ]}
      onConfirm={() => putBack.run(retraction.id)} onClose={onClose}
    />
  );
}
