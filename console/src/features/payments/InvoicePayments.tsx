/** The payments that were put against one invoice, and how much of each. */
import { useQuery } from "@tanstack/react-query";
import { answer, api, type Answer } from "../../lib/api";
import { useI18n, useLabel } from "../../lib/i18n";
import { useRefreshInterval } from "../../lib/queries";
import { Card } from "../../ui/Card";
import { CopyButton } from "../../ui/CopyButton";
import { PlainTable } from "../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../ui/States";
import { BillingDate, Money } from "../../ui/Value";
import "./InvoicePayments.css";

type Payment = Answer<"/v1/payments">["items"][number];

/** The most that the API gives in one answer. */
const limit = 500;

function usePaymentsOf(invoice_id: string) {
  return useQuery({
    queryKey: ["payments", "invoice", invoice_id],
    queryFn: ({ signal }) => answer(api.GET("/v1/payments", { params: { query: { invoice_id, sort: "received_on", limit } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
}

export function InvoicePayments({ invoiceId }: { invoiceId: string }) {
  const { t } = useI18n();
  const { data, error, refetch } = usePaymentsOf(invoiceId);
  const rows = data?.items.flatMap((payment) => allocatedTo(payment, invoiceId));
  return (
    <Card title={t("allocations.title")} flush>
      {rows?.length === 0 && <EmptyState icon="circle" title={t("allocations.none")} />}
      {rows && rows.length > 0 && <Allocations rows={rows} />}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <div className="pad"><Skeleton lines={3} height={36} /></div>}
    </Card>
  );
}

interface Allocation {
  payment: Payment;
  amount: Payment["amount"];
}

function allocatedTo(payment: Payment, invoiceId: string): Allocation[] {
  return payment.allocations.filter(({ invoice_id }) => invoice_id === invoiceId).map(({ amount }) => ({ payment, amount }));
}

function Allocations({ rows }: { rows: readonly Allocation[] }) {
  const { t } = useI18n();
  const label = useLabel();
  const methodOf = ({ method }: Payment) => label(`payment.method_${method}`, method);
  return (
    <PlainTable label={t("allocations.title")} className="allocations">
      <thead>
        <tr>
          <th scope="col">{t("payment.id")}</th>
          <th scope="col" className="wide-only">{t("payment.received_on")}</th>
          <th scope="col" className="wide-only">{t("payment.method")}</th>
          <th scope="col" className="end wide-only">{t("payment.amount")}</th>
          <th scope="col" className="end">{t("allocations.here")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ payment, amount }, index) => (
          <tr key={`${payment.id}-${index}`}>
            <th scope="row">
              <span className="allocation-id"><code className="clip" title={payment.id}>{payment.external_key ?? payment.id}</code><CopyButton text={payment.external_key ?? payment.id} /></span>
              <span className="small muted narrow-only">{methodOf(payment)}, <BillingDate value={payment.received_on} /></span>
            </th>
            <td className="wide-only"><BillingDate value={payment.received_on} /></td>
            <td className="wide-only">{methodOf(payment)}</td>
            <td className="end wide-only"><Money value={payment.amount} /></td>
            <td className="end"><strong><Money value={amount} /></strong></td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}
