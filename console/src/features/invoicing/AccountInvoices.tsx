/** The latest invoices of one account; the list has all. */
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { Link } from "react-router";
import { answer, api } from "../../lib/api";
import { useI18n } from "../../lib/i18n";
import { withWords } from "../../lib/i18n/words";
import { useRefreshInterval } from "../../lib/queries";
import { Card } from "../../ui/Card";
import { PlainTable } from "../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../ui/States";
import { StatusTag } from "../../ui/StatusTag";
import { BillingDate, Money } from "../../ui/Value";
import { paymentShown } from "./overdue";
import { invoicePath } from "./queries";

const shown = 20;

// The button comes with what it asks: few who look at invoices make one.
const InvoiceNow = lazy(withWords(["billing"], () => import("./InvoiceNow")));

export function AccountInvoices({ id, mayInvoice }: { id: string; mayInvoice: boolean }) {
  const { t } = useI18n();
  const { data, error, refetch } = useQuery({
    queryKey: ["invoices", "account", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/invoices", { params: { query: { account_id: [id], sort: "-number", limit: shown } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
  return (
    <Card
      title={t("invoices.title")}
      aside={
        <span className="row">
          {data && data.total > 0 && <Link to={`/invoices?status=all&account_id=${encodeURIComponent(id)}`}>{t("invoices.all_of", { count: data.total })}</Link>}
          {mayInvoice && <Suspense fallback={null}><InvoiceNow id={id} /></Suspense>}
        </span>
      }
      flush
    >
      {data?.items.length === 0 && <EmptyState icon="invoice" title={t("invoices.none_of")} />}
      {data && data.items.length > 0 && (
        <PlainTable label={t("invoices.title")}>
          <thead>
            <tr>
              <th scope="col">{t("invoice.number")}</th>
              <th scope="col">{t("invoice.status")}</th>
              <th scope="col" className="wide-only">{t("invoice.due_on")}</th>
              <th scope="col" className="end">{t("invoice.total")}</th>
              <th scope="col" className="end wide-only">{t("invoice.due")}</th>
            </tr>
          </thead>
          <tbody>
            {data.items.map((invoice) => (
              <tr key={invoice.id}>
                <th scope="row"><Link className="number" to={invoicePath(invoice.id)} dir="ltr">{invoice.number ?? t("invoice.unnumbered", { id: invoice.id })}</Link></th>
                <td><StatusTag kind={paymentShown(invoice) ? "payment" : "invoice"} status={paymentShown(invoice) ?? invoice.status} /></td>
                <td className="wide-only"><BillingDate value={invoice.due_on} /></td>
                <td className="end"><Money value={invoice.total} /></td>
                <td className="end wide-only"><Money value={invoice.due} /></td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      )}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <div className="pad"><Skeleton lines={5} height={36} /></div>}
    </Card>
  );
}
