/** Credits all that is left of an invoice and drafts what it billed anew, taxed as the account is now; the draft's page opens. */
import { useState } from "react";
import { useNavigate } from "react-router";
import { answer, api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import { NoteField } from "../../../ui/command/NoteField";
import { CustomerName } from "../../../ui/Named";
import { Money } from "../../../ui/Value";
import type { Correctable } from "../actions";
import { invoicePath } from "../queries";
import { leftOf } from "./left";
import { creditReasons, useCreditNotesOf } from "./queries";

type ReissueBody = Body<"/v1/invoices/{invoice_id}/reissue">;

interface Reissuing {
  id: string;
  version: number;
  body: ReissueBody;
}

export default function ReissueDialog({ thing: invoice, onClose }: { thing: Correctable; onClose: () => void }) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const [note, setNote] = useState("");
  const { data: notes } = useCreditNotesOf(invoice.id);
  const command = useCommand({
    words: "invoice_reissue", touches: ["invoices", "credit-notes"], subject: ({ id }: Reissuing) => id, version: ({ version }) => version,
    send: ({ id, body }, headers) => api.POST("/v1/invoices/{invoice_id}/reissue", { params: { path: { invoice_id: id } }, body, headers }),
    reread: ({ id }) => answer(api.GET("/v1/invoices/{invoice_id}", { params: { path: { invoice_id: id } } })),
    onDone: (body) => {
      if ("reissued_as" in body && body.reissued_as !== null) void navigate(invoicePath(body.reissued_as));
    },
  });
  return (
    <ConfirmCommand
      command={command} words="invoice_reissue" verb={t("invoice.reissue")} fields="invoice" reasons={creditReasons} reasonWords="credit_reason" ready={notes !== undefined} onClose={onClose}
      facts={[
        [t("invoice.number"), <span key="number" className="number" dir="ltr">{invoice.number}</span>],
        [t("invoice.account"), <CustomerName key="account" id={invoice.account_id} inline />],
        [t("credit.to_credit"), <strong key="left"><Money value={notes && leftOf(invoice, notes).total} /></strong>],
      ]}
      onConfirm={(reason) => command.run({ id: invoice.id, version: invoice.version, body: { reason: reason as ReissueBody["reason"], note: note.trim() } }, invoice)}
    >
      <NoteField value={note} onChange={setNote} />
    </ConfirmCommand>
  );
}
