/**
 * Credits an issued invoice: all that is left of it, some of its lines or a part of them, or an amount with its tax. What is
 * left before and after stands under what is chosen; the tax of it is the server's to say.
 */
import { useState } from "react";
import { answer, api } from "../../../lib/api";
import { difference, isNegative, isZero } from "../../../lib/decimal";
import { readDecimal } from "../../../lib/form/number";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import { NoteField } from "../../../ui/command/NoteField";
import { Facts } from "../../../ui/Facts";
import { ErrorState, Skeleton } from "../../../ui/States";
import { Money } from "../../../ui/Value";
import type { Correctable } from "../actions";
import { useInvoice } from "../queries";
import { CreditLines } from "./CreditLines";
import { chosenNet, linesToSend, type ChosenLines } from "./lines";
import { leftOf, type Left } from "./left";
import { creditReasons, useCreditable, useCreditNotesOf, type CreditableLine, type CreditNoteBody } from "./queries";
import "../../../ui/form/form.css";

const ways = ["whole", "lines", "amount"] as const;
type Way = (typeof ways)[number];

interface Crediting {
  id: string;
  version: number;
  body: CreditNoteBody;
}

export default function CreditDialog({ thing: invoice, onClose }: { thing: Correctable; onClose: () => void }) {
  const { t } = useI18n();
  const [note, setNote] = useState("");
  const [way, setWay] = useState<Way>("whole");
  const [lines, setLines] = useState<ChosenLines>(new Map());
  const [amount, setAmount] = useState("");
  const whole = useInvoice(invoice.id);
  const notes = useCreditNotesOf(invoice.id);
  const creditable = useCreditable(invoice.id);
  const left = notes.data && leftOf(invoice, notes.data);
  const command = useCommand({
    words: "invoice_credit", touches: ["invoices", "credit-notes", "payments", "customers"], subject: ({ id }: Crediting) => id, version: ({ version }) => version,
    send: ({ id, body }, headers) => api.POST("/v1/invoices/{invoice_id}/credit-notes", { params: { path: { invoice_id: id } }, body, headers }),
    reread: ({ id }) => answer(api.GET("/v1/invoices/{invoice_id}", { params: { path: { invoice_id: id } } })),
  });
  const asked = left && creditable.data ? askedFor(way, creditable.data.lines, left, lines, amount) : null;
  const error = notes.error ?? creditable.error ?? whole.error;
  return (
    <ConfirmCommand
      side command={command} words="invoice_credit" verb={t("invoice.credit")} fields="invoice" reasons={creditReasons} reasonWords="credit_reason" ready={asked !== null} onClose={onClose}
      facts={[
        [t("invoice.number"), <span key="number" className="number" dir="ltr">{invoice.number}</span>],
        [t("invoice.total"), <Money key="total" value={invoice.total} />],
        left && [t("credit.left"), <strong key="left"><Money value={left.total} /></strong>],
      ]}
      onConfirm={(reason) => asked && command.run({ id: invoice.id, version: invoice.version, body: { reason: reason as CreditNoteBody["reason"], note: note.trim(), ...asked } }, invoice)}
    >
      {!left && (error ? <ErrorState error={error} onRetry={() => void notes.refetch()} /> : <Skeleton lines={3} />)}
      <fieldset className="form-field plain-fieldset">
        <legend>{t("credit.what")}</legend>
        <div className="form-options">
          {ways.map((one) => <label key={one}><input type="radio" name="credit-way" checked={one === way} onChange={() => setWay(one)} /> {t(`credit.way_${one}`)}</label>)}
        </div>
      </fieldset>
      {way === "lines" && whole.data && creditable.data && <CreditLines lines={creditable.data.lines} named={whole.data.lines} chosen={lines} refused={command.fields} onChange={setLines} />}
      {way === "amount" && (
        <label className="command-reason">
          <span>{t("credit.amount", { currency: invoice.total.currency })}</span>
          <input className="field number" inputMode="decimal" autoComplete="off" value={amount} aria-invalid={amount !== "" && asked === null} onChange={(event) => setAmount(event.target.value)} />
        </label>
      )}
      {left && <LeftAfter way={way} left={left} net={creditable.data ? chosenNet(creditable.data.lines, lines) : null} amount={readDecimal(amount)} />}
      <NoteField value={note} onChange={setNote} />
    </ConfirmCommand>
  );
}

/** What of the body says how much; null while that is not said, or more than is left. */
function askedFor(way: Way, creditable: readonly CreditableLine[], left: Left, lines: ChosenLines, written: string): Pick<CreditNoteBody, "lines" | "amount"> | null {
  if (way === "whole") return isZero(left.total.amount) ? null : {};
  if (way === "lines") {
    const sent = linesToSend(creditable, lines);
    return sent && { lines: sent };
  }
  const amount = readDecimal(written);
  if (amount === null || isNegative(amount) || isZero(amount) || isNegative(difference(left.total.amount, amount))) return null;
  return { amount: { amount, currency: left.total.currency } };
}

/** Of lines before tax, since their tax is known once they are credited; of the others with it. */
function LeftAfter({ way, left, net, amount }: { way: Way; left: Left; net: string | null; amount: string | null }) {
  const { t } = useI18n();
  const [of, credited] = way === "lines" ? [left.net, net] : [left.total, way === "whole" ? left.total.amount : amount];
  const after = credited === null ? null : { ...of, amount: difference(of.amount, credited) };
  const isTooMuch = after !== null && isNegative(after.amount);
  return (
    <section className="form-preview" aria-label={t("credit.preview")} aria-live="polite">
      <Facts
        facts={[
          [t(way === "lines" ? "credit.now_net" : "credit.now"), <Money key="now" value={credited === null ? null : { ...of, amount: credited }} />],
          [t(way === "lines" ? "credit.after_net" : "credit.after"), <span key="after" className={isTooMuch ? "danger-text" : undefined}><Money value={after} /></span>, "sum"],
        ]}
      />
      {isTooMuch && <p className="form-problem small" role="alert">{t("credit.too_much")}</p>}
      {way === "lines" && <p className="small muted">{t("credit.tax_follows")}</p>}
    </section>
  );
}
