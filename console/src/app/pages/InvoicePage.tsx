/** `/invoices/:id`, and with `?explain=2` its second line explained: the document with its lines, payments and history on the left, its state and actions on the right. */
import { lazy, Suspense } from "react";
import { Link, useParams } from "react-router";
import { InvoiceDocument } from "../../features/invoicing/InvoiceDocument";
import { InvoiceSide } from "../../features/invoicing/InvoiceSide";
import { InvoiceTimeline } from "../../features/invoicing/InvoiceTimeline";
import { paymentShown } from "../../features/invoicing/overdue";
import { useInvoice, type InvoiceDetail } from "../../features/invoicing/queries";
import { InvoicePayments } from "../../features/payments/InvoicePayments";
import { useI18n } from "../../lib/i18n";
import { useListState } from "../../lib/listState";
import { isStatus } from "../../lib/problem";
import { AccountZone } from "../../lib/zone";
import { CopyButton } from "../../ui/CopyButton";
import { EmptyState, ErrorState, Skeleton } from "../../ui/States";
import { StatusTag } from "../../ui/StatusTag";
import { QuickTabs } from "../../ui/Tabs";
import { PageTitle } from "../PageTitle";
import "./InvoicePage.css";

const ExplainLine = lazy(() => import("./ExplainLine"));

const tabs = ["lines", "payments", "timeline"] as const;

export default function InvoicePage() {
  const { t } = useI18n();
  const { id = "" } = useParams();
  const { data: invoice, error, refetch } = useInvoice(id);
  const name = invoice?.number ?? id;
  return (
    <div className="stack">
      <PageTitle of={t("invoice.page_title", { number: name })} />
      <nav aria-label={t("shell.breadcrumb")} className="breadcrumb no-print small"><Link to="/invoices">{t("invoices.title")}</Link> <span className="muted" aria-hidden="true">/</span> <span className="muted" dir="ltr">{name}</span></nav>
      {invoice && <Invoice invoice={invoice} />}
      {!invoice && <h1 className="visually-hidden">{t("nav.invoice")}</h1>}
      {!invoice && isStatus(error, 404) && <EmptyState icon="search" title={t("invoice.not_found", { id })}><Link to="/invoices">{t("not_found.list")}</Link></EmptyState>}
      {!invoice && error && !isStatus(error, 404) && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!invoice && !error && <Skeleton lines={12} height={40} />}
    </div>
  );
}

function Invoice({ invoice }: { invoice: InvoiceDetail }) {
  const { t } = useI18n();
  const list = useListState();
  const tab = tabs.find((candidate) => candidate === list.get("view")) ?? "lines";
  const payment = paymentShown(invoice);
  const explained = invoice.lines.find(({ n }) => String(n) === list.get("explain"));
  return (
    <AccountZone value={invoice.time_zone}>
      <div className="row wrap invoice-head">
        <h1 className="number" dir="ltr">{invoice.number ?? t("invoice.unnumbered", { id: invoice.id })}</h1>
        <CopyButton text={invoice.number ?? invoice.id} />
        <StatusTag kind="invoice" status={invoice.status} />
        {payment && <StatusTag kind="payment" status={payment} />}
      </div>
      <div className="invoice-columns">
        <div className="stack">
          <QuickTabs
            label={t("invoice.views")} current={tab}
            tabs={tabs.map((id) => ({ id, label: t(`invoice.view_${id}`), to: list.href({ view: id === "lines" ? null : id }) }))}
          />
          {tab === "lines" && <InvoiceDocument invoice={invoice} explainPath={(n) => list.href({ explain: String(n) })} />}
          {tab === "payments" && <InvoicePayments invoiceId={invoice.id} />}
          {tab === "timeline" && <InvoiceTimeline id={invoice.id} />}
        </div>
        <InvoiceSide invoice={invoice} />
      </div>
      {explained && <Suspense fallback={null}><ExplainLine invoice={invoice} line={explained} onClose={() => list.set({ explain: null })} /></Suspense>}
    </AccountZone>
  );
}
