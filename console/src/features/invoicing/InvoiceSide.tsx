/** Beside the document: what may be done with it, what is owed, its dates, how far it has come. */
import { lazy, Suspense, type ReactNode } from "react";
import { Link } from "react-router";
import { isZero } from "../../lib/decimal";
import { useI18n, useLabel, type Key } from "../../lib/i18n";
import { withWords } from "../../lib/i18n/words";
import { Card } from "../../ui/Card";
import { ActionButtons } from "../../ui/command/ActionButtons";
import { CopyButton } from "../../ui/CopyButton";
import { Stepper } from "../../ui/detail/Stepper";
import { Facts } from "../../ui/Facts";
import { BillingDate, Count, Money, PeriodText } from "../../ui/Value";
import { hasDocument, invoiceActions } from "./actions";
import { customerName } from "./customer";
import { InvoiceNumber } from "./InvoiceNumber";
import { isCreditedWhole } from "./overdue";
import type { InvoiceDetail } from "./queries";

const Documents = lazy(async () => ({ default: (await import("./Documents")).Documents }));
// Few invoices have any of it, so that most pages don't load it.
const InvoiceChecks = lazy(withWords(["debits"], () => import("./checks/InvoiceChecks")));
const Proof = lazy(withWords(["proof"], () => import("./proof/Proof")));

function isChecked({ approval, clearance, corrects, debit_notes }: InvoiceDetail): boolean {
  return approval !== null || clearance.status !== "none" || corrects !== null || debit_notes.length > 0;
}

interface Props {
  invoice: InvoiceDetail;
  mayReadNames: boolean;
  /** Under the actions: what other features do with an invoice. */
  more?: ReactNode;
  children?: ReactNode;
}

export function InvoiceSide({ invoice, mayReadNames, more, children }: Props) {
  const { t } = useI18n();
  const label = useLabel();
  const { account_id, net, tax, total, paid, credited, due, replaces, replaced_by, void_reason: why } = invoice;
  const name = customerName(invoice.account_name);
  return (
    <aside className="stack" aria-label={t("invoice.summary")}>
      <ActionButtons thing={invoice} actions={invoiceActions} />
      {more}
      <Card title={t("invoice.amounts")}>
        <Facts
          facts={[
            [t("invoice.net"), <Money key="net" value={net} />],
            [t("invoice.tax"), <Money key="tax" value={tax} />],
            [t("invoice.total"), <Money key="total" value={total} />, "sum"],
            [t("invoice.paid"), <Money key="paid" value={paid} />],
            !isZero(credited.amount) && [t("invoice.credited"), <Money key="credited" value={credited} />],
            [t("invoice.amount_due"), <Money key="due" value={due} />, "sum"],
          ]}
        />
      </Card>
      <Card title={t("invoice.facts")}>
        <Facts
          facts={[
            name !== null && [t("invoice.customer"), <Link key="customer" to={`/customers/${encodeURIComponent(account_id)}`} dir="auto">{name}</Link>],
            [t("invoice.account"), <span key="account" className="nowrap" dir="ltr"><Link to={`/invoices?status=all&account_id=${encodeURIComponent(account_id)}`}>{account_id}</Link><CopyButton text={account_id} /></span>],
            [t("invoice.period"), <PeriodText key="period" value={invoice.period} />],
            [t("invoice.issued_on"), <BillingDate key="issued" value={invoice.issued_on} />],
            [t("invoice.due_on"), <BillingDate key="due" value={invoice.due_on} />],
            invoice.voided_on !== null && [t("invoice.voided_on"), <BillingDate key="voided" value={invoice.voided_on} />],
            why !== null && [t("invoice.void_reason"), label(`void_reason.${why}`, why)],
            replaces !== null && [t("invoice.replaces"), <InvoiceNumber key="replaces" id={replaces} />],
            replaced_by !== null && [t("invoice.replaced_by"), <InvoiceNumber key="replaced" id={replaced_by} />],
            [t("invoice.version"), <Count key="version" value={invoice.version} />],
          ]}
        />
      </Card>
      {isChecked(invoice) && <Suspense fallback={null}><InvoiceChecks invoice={invoice} /></Suspense>}
      {children}
      {hasDocument(invoice) && <Suspense fallback={null}><Documents kind="invoices" id={invoice.id} number={invoice.number} mayReadNames={mayReadNames} /></Suspense>}
      {hasDocument(invoice) && <Suspense fallback={null}><Proof kind="invoices" id={invoice.id} /></Suspense>}
      <Card title={t("invoice.progress")}><Stepper steps={stepsOf(invoice).map(({ key, ...step }) => ({ ...step, name: t(key) }))} /></Card>
    </aside>
  );
}

const way = ["draft", "locked", "issued", "paid"] as const;

/** Draft, locked, issued, paid; a void document, and a draft whose amount is on another invoice, ends its way with the word. */
function stepsOf(invoice: InvoiceDetail): readonly { key: Key; done: boolean; current: boolean }[] {
  const { status, payment_status } = invoice;
  if (status === "carried_forward" || status === "passed_on" || status === "credited") return [{ key: "progress.draft", done: true, current: false }, { key: `progress.${status}`, done: true, current: true }];
  if (status === "void") return [{ key: "progress.issued", done: true, current: false }, { key: "progress.void", done: true, current: true }];
  const reached = payment_status === "paid" ? way.length - 1 : way.findIndex((step) => step === status);
  const last = isCreditedWhole(invoice) ? "progress.credited" : "progress.paid";
  return way.map((step, index) => ({ key: step === "paid" ? last : (`progress.${step}` as const), done: index <= reached, current: index === reached }));
}
