/** Claims more than an issued invoice did: one line, before tax, taxed like the line of the invoice that is chosen; the debit note's page opens. */
import { useId, useState } from "react";
import { useNavigate } from "react-router";
import { answer, api, type Body } from "../../../lib/api";
import { isNegative, isZero } from "../../../lib/decimal";
import { readDecimal } from "../../../lib/form/number";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import { NoteField } from "../../../ui/command/NoteField";
import { Money } from "../../../ui/Value";
import type { Correctable } from "../actions";
import { creditReasons } from "../corrections/queries";
import { invoicePath, useInvoice } from "../queries";

type DebitBody = Body<"/v1/invoices/{invoice_id}/debit-notes">;

interface Debiting {
  id: string;
  version: number;
  body: DebitBody;
}

export default function DebitDialog({ thing: invoice, onClose }: { thing: Correctable; onClose: () => void }) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const [note, setNote] = useState("");
  const [description, setDescription] = useState("");
  const [written, setWritten] = useState("");
  const [like, setLike] = useState("");
  const { data } = useInvoice(invoice.id);
  const ids = { description: useId(), net: useId(), like: useId() };
  const net = readDecimal(written);
  const isAmount = net !== null && !isNegative(net) && !isZero(net);
  const command = useCommand({
    words: "invoice_debit", touches: ["invoices", "debit-notes", "payments", "customers"], subject: ({ id }: Debiting) => id, version: ({ version }) => version,
    send: ({ id, body }, headers) => api.POST("/v1/invoices/{invoice_id}/debit-notes", { params: { path: { invoice_id: id } }, body, headers }),
    reread: ({ id }) => answer(api.GET("/v1/invoices/{invoice_id}", { params: { path: { invoice_id: id } } })),
    onDone: (body) => {
      if ("invoice_number" in body) void navigate(invoicePath(body.id));
    },
  });
  return (
    <ConfirmCommand
      side command={command} words="invoice_debit" verb={t("invoice.debit")} fields="invoice" reasons={creditReasons} reasonWords="credit_reason" ready={description.trim() !== "" && isAmount} onClose={onClose}
      facts={[
        [t("invoice.number"), <span key="number" className="number" dir="ltr">{invoice.number}</span>],
        [t("invoice.total"), <Money key="total" value={invoice.total} />],
      ]}
      onConfirm={(reason) => isAmount && command.run({ id: invoice.id, version: invoice.version, body: { reason: reason as DebitBody["reason"], note: note.trim(), lines: [{ description: description.trim(), net, n: like === "" ? null : Number(like) }] } }, invoice)}
    >
      <label className="command-reason" htmlFor={ids.description}>
        <span>{t("debit.description")}</span>
        <input id={ids.description} className="field" maxLength={200} autoComplete="off" value={description} onChange={(event) => setDescription(event.target.value)} />
      </label>
      <label className="command-reason" htmlFor={ids.net}>
        <span>{t("debit.net", { currency: invoice.total.currency })}</span>
        <input id={ids.net} className="field number" inputMode="decimal" autoComplete="off" value={written} aria-invalid={written !== "" && !isAmount} onChange={(event) => setWritten(event.target.value)} />
      </label>
      <label className="command-reason" htmlFor={ids.like}>
        <span>{t("debit.like")}</span>
        <select id={ids.like} className="field" value={like} onChange={(event) => setLike(event.target.value)}>
          <option value="">{t("debit.like_all")}</option>
          {data?.lines.map(({ n, description: what }) => <option key={n} value={n}>{what}</option>)}
        </select>
      </label>
      <NoteField value={note} onChange={setNote} />
    </ConfirmCommand>
  );
}
