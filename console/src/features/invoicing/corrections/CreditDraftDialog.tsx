/** Gives back what a draft is below zero, by credit notes on what the customer was billed before. */
import { useState } from "react";
import { answer, api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import { NoteField } from "../../../ui/command/NoteField";
import { CustomerName } from "../../../ui/Named";
import { Money } from "../../../ui/Value";
import type { Correctable } from "../actions";
import { creditReasons } from "./queries";

type CreditDraftBody = NonNullable<Body<"/v1/invoices/{invoice_id}/credit-draft">>;

interface GivingBack {
  id: string;
  version: number;
  body: CreditDraftBody;
}

export default function CreditDraftDialog({ thing: invoice, onClose }: { thing: Correctable; onClose: () => void }) {
  const { t } = useI18n();
  const [note, setNote] = useState("");
  const command = useCommand({
    words: "credit_draft", touches: ["invoices", "credit-notes"], subject: ({ id }: GivingBack) => id, version: ({ version }) => version,
    send: ({ id, body }, headers) => api.POST("/v1/invoices/{invoice_id}/credit-draft", { params: { path: { invoice_id: id } }, body, headers }),
    reread: ({ id }) => answer(api.GET("/v1/invoices/{invoice_id}", { params: { path: { invoice_id: id } } })),
  });
  return (
    <ConfirmCommand
      command={command} words="credit_draft" verb={t("invoice.credit_draft")} fields="invoice" reasons={creditReasons} reasonWords="credit_reason" onClose={onClose}
      facts={[
        [t("invoice.account"), <CustomerName key="account" id={invoice.account_id} inline />],
        [t("invoice.total"), <strong key="total"><Money value={invoice.total} /></strong>],
      ]}
      onConfirm={(reason) => command.run({ id: invoice.id, version: invoice.version, body: { reason: reason as CreditDraftBody["reason"], note: note.trim() } }, invoice)}
    >
      <NoteField value={note} onChange={setNote} />
    </ConfirmCommand>
  );
}
