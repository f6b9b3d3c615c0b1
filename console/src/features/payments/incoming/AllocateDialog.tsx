/**
 * Puts a payment against invoices by hand: an amount for each, the rest is credit. What is not named is taken back. All
 * sums are in whole minor units.
 */
import { useMemo, useState } from "react";
import { api } from "../../../lib/api";
import { decimal } from "../../../lib/decimal";
import { written as inWords } from "../../../lib/form/number";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandOutcome } from "../../../ui/command/CommandOutcome";
import { Dialog } from "../../../ui/Dialog";
import { PlainTable } from "../../../ui/PlainTable";
import { ErrorState, Skeleton } from "../../../ui/States";
import { BillingDate, Money } from "../../../ui/Value";
import { automatic, remainder, toAmount, tooMuch, toUnits, type OpenItem } from "./allocation";
import { readPayment, touches, useReceivables, type Payment, type Receivable } from "./queries";

interface Line extends OpenItem {
  of: Receivable;
  pays: bigint;
}

export default function AllocateDialog({ thing: payment, onClose }: { thing: Payment; onClose: () => void }) {
  const { t } = useI18n();
  const { data, error, refetch } = useReceivables(payment.account_id);
  return data
    ? <Allocating payment={payment} receivables={data.items} onClose={onClose} />
    : <Dialog title={t("incoming.allocate")} onClose={onClose} side>{error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={6} height={36} />}</Dialog>;
}

function Allocating({ payment, receivables, onClose }: { payment: Payment; receivables: readonly Receivable[]; onClose: () => void }) {
  const { t } = useI18n();
  const currency = payment.amount.currency;
  const scale = useMemo(() => Math.max(2, decimal(payment.amount.amount).scale, ...receivables.map(({ open }) => decimal(open.amount).scale)), [payment, receivables]);
  const lines = useMemo(() => linesOf(payment, receivables, scale), [payment, receivables, scale]);
  const [written, setWritten] = useState<ReadonlyMap<string, string>>(() => new Map(lines.filter(({ pays }) => pays > 0n).map(({ id, pays }) => [id, inWords(toAmount(pays, scale))])));
  const there = (toUnits(payment.allocated.amount, scale) ?? 0n) + (toUnits(payment.unallocated.amount, scale) ?? 0n);
  const read = new Map(lines.map(({ id }) => [id, (written.get(id) ?? "").trim() === "" ? 0n : toUnits(written.get(id) ?? "", scale)] as const));
  const isReadable = [...read.values()].every((units) => units !== null);
  const shares = new Map([...read].map(([id, units]) => [id, units ?? 0n]));
  const wrong = tooMuch(lines, shares);
  const left = remainder(there, shares);
  const command = useCommand({
    words: "incoming_allocate", touches, subject: ({ id }: Payment) => id, version: ({ version }) => version, reread: readPayment, onDone: onClose,
    send: ({ id }, headers) => api.POST("/v1/payments/{payment_id}/allocations", {
      params: { path: { payment_id: id } }, headers,
      body: { allocations: [...shares].filter(([, units]) => units > 0n).map(([invoice_id, units]) => ({ invoice_id, amount: { amount: toAmount(units, scale), currency } })) },
    }),
  });
  const set = (id: string, text: string) => setWritten(new Map([...written, [id, text]]));
  const fill = (from: ReadonlyMap<string, bigint>) => setWritten(new Map([...from].map(([id, units]) => [id, inWords(toAmount(units, scale))])));
  return (
    <Dialog
      title={t("incoming.allocate")} onClose={onClose} side
      footer={
        <>
          <button type="button" className="button" disabled={command.phase === "sending"} onClick={onClose}>{t("action.cancel")}</button>
          <button type="button" className="button primary" disabled={command.isBusy || !isReadable || wrong.length > 0 || left < 0n} onClick={() => command.run(payment, payment)}>{command.isBusy ? t("command.processing") : t("incoming.allocate")}</button>
        </>
      }
    >
      <div className="stack">
        <p>
          <button type="button" className="button" onClick={() => fill(automatic(there, lines))}>{t("incoming.automatic")}</button>{" "}
          <button type="button" className="button" onClick={() => fill(new Map())}>{t("incoming.take_back")}</button>
        </p>
        <PlainTable label={t("incoming.allocate")}>
          <thead><tr><th scope="col">{t("incoming.invoice")}</th><th scope="col" className="wide-only">{t("incoming.due_on")}</th><th scope="col" className="end">{t("incoming.open")}</th><th scope="col" className="end">{t("incoming.here")}</th></tr></thead>
          <tbody>
            {lines.map(({ id, of, open }) => (
              <tr key={id}>
                <th scope="row"><span className="number" dir="ltr">{of.number}</span></th>
                <td className="wide-only"><BillingDate value={of.due_on} /></td>
                <td className="end"><Money value={{ amount: toAmount(open, scale), currency }} /></td>
                <td className="end"><input className="field number" inputMode="decimal" autoComplete="off" aria-label={t("incoming.here_of", { number: of.number })} aria-invalid={wrong.includes(id) || read.get(id) === null} value={written.get(id) ?? ""} onChange={(event) => set(id, event.target.value)} /></td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
        <p aria-live="polite">{t("incoming.credit_left")}: <strong className={left < 0n ? "danger-text" : undefined}><Money value={{ amount: toAmount(left, scale), currency }} /></strong></p>
        {!command.isBusy && <CommandOutcome command={command} fields="incoming" />}
      </div>
    </Dialog>
  );
}

/** What is open beside what the payment pays of it, which it may keep. */
function linesOf(payment: Payment, receivables: readonly Receivable[], scale: number): readonly Line[] {
  const pays = new Map(payment.allocations.map(({ invoice_id, amount }) => [invoice_id, toUnits(amount.amount, scale) ?? 0n]));
  return receivables
    .map((of) => ({ id: of.invoice_id, of, pays: pays.get(of.invoice_id) ?? 0n, open: (toUnits(of.open.amount, scale) ?? 0n) + (pays.get(of.invoice_id) ?? 0n) }))
    .filter(({ open }) => open > 0n);
}
