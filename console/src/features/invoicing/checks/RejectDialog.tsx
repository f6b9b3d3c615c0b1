/** Keeps a draft that waits for an approval from being issued as it is, and says why. */
import { useState } from "react";
import { api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import type { Correctable } from "../actions";
import { reread, touches, useFacts, type Said } from "./approvals";

export default function RejectDialog({ thing: invoice, onClose }: { thing: Correctable; onClose: () => void }) {
  const { t } = useI18n();
  const [reason, setReason] = useState("");
  const command = useCommand({
    words: "invoice_reject", touches, subject: ({ id }: Said) => id, version: ({ version }) => version, reread,
    send: ({ id, text }, headers) => api.POST("/v1/invoices/{invoice_id}/reject", { params: { path: { invoice_id: id } }, body: { reason: text }, headers }),
  });
  return (
    <ConfirmCommand
      command={command} words="invoice_reject" verb={t("invoice.reject")} fields="invoice" facts={useFacts(invoice)} ready={reason.trim() !== ""} onClose={onClose}
      onConfirm={() => command.run({ id: invoice.id, version: invoice.version, text: reason.trim() }, invoice)}
    >
      <label className="command-reason">
        <span>{t("checks.reason")}</span>
        <input className="field" maxLength={500} autoComplete="off" value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
    </ConfirmCommand>
  );
}
