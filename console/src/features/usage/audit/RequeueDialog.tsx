/** Takes a dead letter again as if it arrived now, and if wished all that stands behind it too. */
import { useState } from "react";
import { api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import type { DeadLetter } from "./deadLetters";

export default function RequeueDialog({ thing: letter, onClose }: { thing: DeadLetter; onClose: () => void }) {
  const { t } = useI18n();
  const [queue, setQueue] = useState(false);
  const requeue = useCommand({
    words: "letter_requeue", touches: ["dead-letters", "overview"], subject: ({ id }: { id: string; queue: boolean }) => id,
    send: ({ id, queue: all }, headers) => api.POST("/v1/dead-letters/{letter_id}/requeue", { params: { path: { letter_id: id } }, body: { queue: all }, headers }),
  });
  return (
    <ConfirmCommand
      command={requeue} words="letter_requeue" verb={t("dead_letter.requeue")} fields="dead_letter"
      facts={[[t("dead_letter.id"), letter.id], [t("dead_letter.error"), <span key="error" dir="ltr">{letter.error}</span>]]}
      onConfirm={() => requeue.run({ id: letter.id, queue })} onClose={onClose}
    >
      {letter.kind === "parked" && <label><input type="checkbox" checked={queue} onChange={(event) => setQueue(event.target.checked)} /> {t("dead_letter.with_queue")}</label>}
    </ConfirmCommand>
  );
}
