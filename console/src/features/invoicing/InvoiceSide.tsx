/** Beside the document: how far it has come, what is owed, its dates, and what may be done with it. */
import { useState } from "react";
import { Link } from "react-router";
import { useI18n, type Key } from "../../lib/i18n";
import { Card } from "../../ui/Card";
import { CopyButton } from "../../ui/CopyButton";
import { Icon } from "../../ui/Icon";
import { BillingDate, Money, PeriodText } from "../../ui/Value";
import { customerName } from "./customer";
import { hasDocument, issueAction } from "./InvoiceActions";
import { IssueDialog } from "./IssueDialog";
import { pdfPath, type InvoiceDetail } from "./queries";
import "./InvoiceSide.css";

export function InvoiceSide({ invoice }: { invoice: InvoiceDetail }) {
  const { t } = useI18n();
  const name = customerName(invoice.account_name);
  return (
    <aside className="stack invoice-side" aria-label={t("invoice.summary")}>
      <Actions invoice={invoice} />
      <Card title={t("invoice.amounts")}>
        <dl className="pairs">
          <div><dt>{t("invoice.net")}</dt><dd><Money value={invoice.net} /></dd></div>
          <div><dt>{t("invoice.tax")}</dt><dd><Money value={invoice.tax} /></dd></div>
          <div className="sum"><dt>{t("invoice.total")}</dt><dd><Money value={invoice.total} /></dd></div>
          <div><dt>{t("invoice.paid")}</dt><dd><Money value={invoice.paid} /></dd></div>
          <div className="sum"><dt>{t("invoice.amount_due")}</dt><dd><Money value={invoice.due} /></dd></div>
        </dl>
      </Card>
      <Card title={t("invoice.facts")}>
        <dl className="pairs">
          {name !== null && <div><dt>{t("invoice.customer")}</dt><dd dir="auto">{name}</dd></div>}
          <div>
            <dt>{t("invoice.account")}</dt>
            <dd className="nowrap" dir="ltr"><Link to={`/invoices?status=all&account_id=${encodeURIComponent(invoice.account_id)}`}>{invoice.account_id}</Link><CopyButton text={invoice.account_id} /></dd>
          </div>
          <div><dt>{t("invoice.period")}</dt><dd><PeriodText value={invoice.period} /></dd></div>
          <div><dt>{t("invoice.issued_on")}</dt><dd><BillingDate value={invoice.issued_on} /></dd></div>
          <div><dt>{t("invoice.due_on")}</dt><dd><BillingDate value={invoice.due_on} /></dd></div>
          <div><dt>{t("invoice.version")}</dt><dd className="number">{invoice.version}</dd></div>
        </dl>
      </Card>
      <Card title={t("invoice.progress")}><Stepper invoice={invoice} /></Card>
    </aside>
  );
}

function Actions({ invoice }: { invoice: InvoiceDetail }) {
  const { t } = useI18n();
  const [issuing, setIssuing] = useState(false);
  const issue = issueAction(invoice);
  if (!hasDocument(invoice) && !issue) return null;
  return (
    <div className="invoice-actions no-print">
      {hasDocument(invoice) && (
        <a className="button primary" href={pdfPath(invoice.id)} target="_blank" rel="noreferrer"><Icon name="pdf" /> {t("invoice.pdf")}</a>
      )}
      {issue && (
        <button type="button" className="button primary" disabled={!issue.allowed} aria-describedby={issue.reason ? "issue-reason" : undefined} onClick={() => setIssuing(true)}>
          <Icon name="sent" /> {t("invoice.issue")}
        </button>
      )}
      {issue?.reason && <p id="issue-reason" className="small muted">{issue.reason}</p>}
      {issuing && <IssueDialog invoice={invoice} onClose={() => setIssuing(false)} />}
    </div>
  );
}

const way = ["draft", "locked", "issued", "paid"] as const;

/** Draft, locked, issued, paid; a void document, and a draft carried forward to the next, ends its way with the word. */
function Stepper({ invoice: { status, payment_status } }: { invoice: InvoiceDetail }) {
  const { t } = useI18n();
  const reached = payment_status === "paid" ? way.length - 1 : way.findIndex((step) => step === status);
  const steps: readonly { key: Key; done: boolean; current: boolean }[] =
    status === "carried_forward"
      ? [{ key: "progress.draft", done: true, current: false }, { key: "progress.carried_forward", done: true, current: true }]
      : status === "void"
      ? [{ key: "progress.issued", done: true, current: false }, { key: "progress.void", done: true, current: true }]
      : way.map((step, index) => ({ key: `progress.${step}` as const, done: index <= reached, current: index === reached }));
  return (
    <ol className="stepper">
      {steps.map(({ key, done, current }) => (
        <li key={key} className={done ? "done" : undefined} aria-current={current ? "step" : undefined}>
          <Icon name={done ? "checkCircle" : "circle"} /> {t(key)}
        </li>
      ))}
    </ol>
  );
}
