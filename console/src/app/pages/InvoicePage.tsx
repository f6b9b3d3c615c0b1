/** `/invoices/:id`, and with `?explain=2` its second line explained: the document with its lines, payments and history on the left, its state and actions on the right. */
import { lazy, Suspense } from "react";
import { Link, useParams } from "react-router";
import { useMay } from "../../features/identity/session";
import { InvoiceDocument } from "../../features/invoicing/InvoiceDocument";
import { InvoiceSide } from "../../features/invoicing/InvoiceSide";
import { paymentShown } from "../../features/invoicing/overdue";
import { useInvoice, type InvoiceDetail } from "../../features/invoicing/queries";
import { isZero } from "../../lib/decimal";
import { useI18n } from "../../lib/i18n";
import { withWords } from "../../lib/i18n/words";
import { useListState } from "../../lib/listState";
import { Processing } from "../../ui/command/Processing";
import { CopyButton } from "../../ui/CopyButton";
import { DetailPage } from "../../ui/detail/DetailPage";
import { Icon } from "../../ui/Icon";
import { StatusTag } from "../../ui/StatusTag";

// What stands behind a tab comes when it is opened, with its words.
const ExplainLine = lazy(() => import("./ExplainLine"));
const InvoiceTaxes = lazy(withWords(["taxes"], async () => ({ default: (await import("../../features/invoicing/InvoiceTaxes")).InvoiceTaxes })));
const InvoicePayments = lazy(withWords(["payments"], async () => ({ default: (await import("../../features/payments/InvoicePayments")).InvoicePayments })));
const InvoiceCredits = lazy(withWords(["credits"], () => import("../../features/invoicing/corrections/InvoiceCredits")));
const InvoiceTimeline = lazy(async () => ({ default: (await import("../../features/invoicing/InvoiceTimeline")).InvoiceTimeline }));
const InvoiceDeliveries = lazy(withWords(["deliveries"], () => import("../../features/invoicing/deliveries/InvoiceDeliveries")));
const AsOf = lazy(withWords(["audit"], () => import("../../features/payments/AsOf")));

export default function InvoicePage() {
  const { t } = useI18n();
  const { id = "" } = useParams();
  const list = useListState();
  const [mayReadNames, mayRecord] = [useMay("personal_data"), useMay("record_payment")];
  return (
    <DetailPage
      words="invoice" id={id} query={useInvoice(id)} list={{ to: "/invoices", title: t("invoices.title") }}
      name={({ number }) => number} zone={({ time_zone }) => time_zone}
      head={(invoice) => <Head invoice={invoice} />}
      tabs={[
        { id: "lines", render: (invoice) => <InvoiceDocument invoice={invoice} explainPath={(n) => list.href({ explain: String(n) })} /> },
        { id: "taxes", render: (invoice) => <InvoiceTaxes invoice={invoice} /> },
        { id: "payments", render: ({ id }) => <Suspense fallback={null}><InvoicePayments invoiceId={id} /></Suspense> },
        { id: "credits", render: (invoice) => <InvoiceCredits invoice={invoice} /> },
        { id: "deliveries", render: ({ id }) => <Suspense fallback={null}><InvoiceDeliveries id={id} /></Suspense> },
        { id: "timeline", render: ({ id }) => <Suspense fallback={null}><InvoiceTimeline id={id} /></Suspense> },
      ]}
      side={(invoice) => <InvoiceSide invoice={invoice} mayReadNames={mayReadNames} more={mayRecord && isOwed(invoice) && <Link className="button no-print" to={paymentFor(invoice)}><Icon name="checkCircle" /> {t("invoice.record_payment")}</Link>}>{invoice.issued_on && <Suspense fallback={null}><AsOf id={id} of="invoice" /></Suspense>}</InvoiceSide>}
      over={(invoice) => <Explained invoice={invoice} n={list.get("explain")} onClose={() => list.set({ explain: null })} />}
    />
  );
}

function isOwed({ status, due }: InvoiceDetail): boolean {
  return status === "issued" && !isZero(due.amount) && !due.amount.startsWith("-");
}

/** The customer's statement with the form open, and what is due written in it. */
function paymentFor({ id, account_id, due }: InvoiceDetail): string {
  return `/customers/${encodeURIComponent(account_id)}?${new URLSearchParams({ view: "statement", payment: "new", invoice: id, amount: due.amount })}`;
}

function Head({ invoice }: { invoice: InvoiceDetail }) {
  const { t } = useI18n();
  const payment = paymentShown(invoice);
  return (
    <>
      <h1 className="number" dir="ltr">{invoice.number ?? t("invoice.unnumbered", { id: invoice.id })}</h1>
      <CopyButton text={invoice.number ?? invoice.id} />
      <StatusTag kind="invoice" status={invoice.status} />
      {payment && <StatusTag kind="payment" status={payment} />}
      <Processing subject={invoice.id} />
    </>
  );
}

function Explained({ invoice, n, onClose }: { invoice: InvoiceDetail; n: string | null; onClose: () => void }) {
  const line = invoice.lines.find((candidate) => String(candidate.n) === n);
  return line && <Suspense fallback={null}><ExplainLine invoice={invoice} line={line} onClose={onClose} /></Suspense>;
}
