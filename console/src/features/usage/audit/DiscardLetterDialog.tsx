/** Gives a dead letter up for good, with a reason. */
import { useId, useState } from "react";
import { api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import type { DeadLetter } from "./deadLetters";

export default function DiscardLetterDialog({ thing: letter, onClose }: { thing: DeadLetter; onClose: () => void }) {
  const { t } = useI18n();
  const id = useId();
  const [reason, setReason] = useState("");
  const discard = useCommand({
    words: "letter_discard", touches: ["dead-letters", "overview"], subject: ({ id: of }: { id: string; reason: string }) => of,
    send: ({ id: of, reason: why }, headers) => api.POST("/v1/dead-letters/{letter_id}/discard", { params: { path: { letter_id: of } }, body: { reason: why }, headers }),
  });
  return (
    <ConfirmCommand
      command={discard} words="letter_discard" verb={t("dead_letter.discard")} fields="dead_letter" ready={reason.trim() !== ""}
      facts={[[t("dead_letter.id"), letter.id], [t("dead_letter.error"), <span key="error" dir="ltr">{letter.error}</span>]]}
      onConfirm={() => discard.run({ id: letter.id, reason: reason.trim() })} onClose={onClose}
    >
      <label className="command-reason" htmlFor={id}>
        <span>{t("dead_letter.discard_reason")}</span>
        <input id={id} className="field" required autoComplete="off" value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
    </ConfirmCommand>
  );
}
