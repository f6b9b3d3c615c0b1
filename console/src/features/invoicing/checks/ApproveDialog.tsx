/** Lets a draft that waits for an approval be issued as it is. */
import { useState } from "react";
import { api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import { NoteField } from "../../../ui/command/NoteField";
import type { Correctable } from "../actions";
import { reread, touches, useFacts, type Said } from "./approvals";

export default function ApproveDialog({ thing: invoice, onClose }: { thing: Correctable; onClose: () => void }) {
  const { t } = useI18n();
  const [note, setNote] = useState("");
  const command = useCommand({
    words: "invoice_approve", touches, subject: ({ id }: Said) => id, version: ({ version }) => version, reread,
    send: ({ id, text }, headers) => api.POST("/v1/invoices/{invoice_id}/approve", { params: { path: { invoice_id: id } }, body: { note: text }, headers }),
  });
  return (
    <ConfirmCommand
      command={command} words="invoice_approve" verb={t("invoice.approve")} fields="invoice" facts={useFacts(invoice)} onClose={onClose}
      onConfirm={() => command.run({ id: invoice.id, version: invoice.version, text: note.trim() }, invoice)}
    >
      <NoteField value={note} onChange={setNote} />
    </ConfirmCommand>
  );
}
