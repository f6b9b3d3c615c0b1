/** Takes an invoice that nothing was paid of out of the accounts: it claims nothing any more, and keeps its number. */
import { useState } from "react";
import { answer, api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import { NoteField } from "../../../ui/command/NoteField";
import { CustomerName } from "../../../ui/Named";
import { Money } from "../../../ui/Value";
import type { Correctable } from "../actions";
import { voidReasons } from "./queries";

type VoidBody = Body<"/v1/invoices/{invoice_id}/void">;

interface Voiding {
  id: string;
  version: number;
  body: VoidBody;
}

export default function VoidDialog({ thing: invoice, onClose }: { thing: Correctable; onClose: () => void }) {
  const { t } = useI18n();
  const [note, setNote] = useState("");
  const command = useCommand({
    words: "invoice_void", touches: ["invoices"], subject: ({ id }: Voiding) => id, version: ({ version }) => version,
    send: ({ id, body }, headers) => api.POST("/v1/invoices/{invoice_id}/void", { params: { path: { invoice_id: id } }, body, headers }),
    isDone: (body) => "status" in body && body.status === "void",
    reread: ({ id }) => answer(api.GET("/v1/invoices/{invoice_id}", { params: { path: { invoice_id: id } } })),
  });
  return (
    <ConfirmCommand
      command={command} words="invoice_void" verb={t("invoice.void")} fields="invoice" reasons={voidReasons} reasonWords="void_reason" onClose={onClose}
      facts={[
        [t("invoice.number"), <span key="number" className="number" dir="ltr">{invoice.number}</span>],
        [t("invoice.account"), <CustomerName key="account" id={invoice.account_id} inline />],
        [t("invoice.total"), <strong key="total"><Money value={invoice.total} /></strong>],
      ]}
      onConfirm={(reason) => command.run({ id: invoice.id, version: invoice.version, body: { reason: reason as VoidBody["reason"], note: note.trim() } }, invoice)}
    >
      <NoteField value={note} onChange={setNote} />
    </ConfirmCommand>
  );
}
