/** A credit note: the lines that it credits with their sum, its taxes, and beside them what it is for and of which invoice. */
import { lazy, Suspense } from "react";
import { Link } from "react-router";
import { formatDecimal, plain } from "../../../lib/money";
import { useI18n, useLabel } from "../../../lib/i18n";
import { withWords } from "../../../lib/i18n/words";
import { Card } from "../../../ui/Card";
import { ActionButtons } from "../../../ui/command/ActionButtons";
import { Facts } from "../../../ui/Facts";
import { CustomerName } from "../../../ui/Named";
import { PlainTable } from "../../../ui/PlainTable";
import { BillingDate, Money, Nothing, PeriodText } from "../../../ui/Value";
import type { CreditNoteDetail } from "../corrections/queries";
import { Documents } from "../Documents";
import { InvoiceNumber } from "../InvoiceNumber";
import { invoicePath } from "../queries";
import { noteActions, useWithActions } from "./actions";

const Proof = lazy(withWords(["proof"], () => import("../proof/Proof")));
/** The document itself stands with its other forms. */
const sendOnly = { ...noteActions, links: [] };

export function CreditNoteLines({ note }: { note: CreditNoteDetail }) {
  const { t, locale } = useI18n();
  const label = useLabel();
  const money = (amount: string) => ({ amount, currency: note.total.currency });
  return (
    <>
      <Card title={t("credit.lines")} flush>
        <PlainTable label={t("credit.lines")} className="stacked">
          <thead>
            <tr>
              <th scope="col">{t("line.description")}</th>
              <th scope="col">{t("credit.invoice_line")}</th>
              <th scope="col">{t("line.period")}</th>
              <th scope="col" className="end">{t("credit.net")}</th>
            </tr>
          </thead>
          <tbody>
            {note.lines.map((line) => (
              <tr key={line.n}>
                <th scope="row"><bdi>{line.description}</bdi></th>
                <td data-label={t("credit.invoice_line")}>{line.invoice_line === null ? <Nothing /> : <Link to={`${invoicePath(note.invoice_id)}?explain=${line.invoice_line}`}>{t("credit.line_n", { n: line.invoice_line })}</Link>}</td>
                <td data-label={t("line.period")}><PeriodText value={line.period} /></td>
                <td className="end" data-label={t("credit.net")}><Money value={line.net} /></td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      </Card>
      <Card title={t("credit.taxes")}>
        <Facts facts={note.tax_groups.map(({ category, rate, base, tax }) => [t("credit.tax_of", { category: label(`taxes.category_${category.toLowerCase()}`, category), rate: formatDecimal(locale, plain(rate)) }), <span key={`${category} ${rate}`}><Money value={money(tax)} /> <span className="small muted">{t("credit.on")} <Money value={money(base)} /></span></span>] as const)} />
      </Card>
    </>
  );
}

export function CreditNoteSide({ note, mayReadNames, maySend }: { note: CreditNoteDetail; mayReadNames: boolean; maySend: boolean }) {
  const { t } = useI18n();
  const label = useLabel();
  return (
    <aside className="stack" aria-label={t("invoice.summary")}>
      <ActionButtons thing={useWithActions(note, maySend)} actions={sendOnly} />
      <Card title={t("invoice.amounts")}>
        <Facts facts={[[t("invoice.net"), <Money key="net" value={note.net} />], [t("invoice.tax"), <Money key="tax" value={note.tax} />], [t("credit.total"), <Money key="total" value={note.total} />, "sum"]]} />
      </Card>
      <Card title={t("invoice.facts")}>
        <Facts
          facts={[
            [t("credit.invoice"), <Link key="invoice" className="number nowrap" to={invoicePath(note.invoice_id)} dir="ltr">{note.invoice_number}</Link>],
            note.reissued_as !== null && [t("credit.reissued_as"), <InvoiceNumber key="reissued" id={note.reissued_as} />],
            [t("invoice.customer"), <CustomerName key="customer" id={note.account_id} link />],
            [t("credit.reason"), label(`credit_reason.${note.reason}`, note.reason)],
            note.note !== "" && [t("command.note"), <span key="note" dir="auto">{note.note}</span>],
            [t("invoice.period"), <PeriodText key="period" value={note.period} />],
            [t("credit.issued_on"), <BillingDate key="issued" value={note.issued_on} />],
          ]}
        />
      </Card>
      {note.status === "issued" && <Documents kind="credit-notes" id={note.id} number={note.number} mayReadNames={mayReadNames} pdf />}
      {note.status === "issued" && <Suspense fallback={null}><Proof kind="credit-notes" id={note.id} /></Suspense>}
    </aside>
  );
}
